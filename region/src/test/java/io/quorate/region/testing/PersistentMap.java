package io.quorate.region.testing;

import io.quorate.common.bytes.ByteSlice;
import org.jspecify.annotations.Nullable;

/// An ordered map that never changes: every change makes a new map, which shares all but a path of
/// nodes with the old one. An AVL tree.
final class PersistentMap {
    static final PersistentMap EMPTY = new PersistentMap(null);

    private final @Nullable Entry root;

    private PersistentMap(@Nullable Entry root) {
        this.root = root;
    }

    /// A key, its value, and the keys on both sides.
    record Entry(
            ByteSlice key,
            ByteSlice value,
            @Nullable Entry left,
            @Nullable Entry right,
            int height) {}

    @Nullable ByteSlice get(ByteSlice key) {
        Entry at = root;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order == 0) {
                return at.value;
            }
            at = order < 0 ? at.left : at.right;
        }
        return null;
    }

    PersistentMap with(ByteSlice key, ByteSlice value) {
        return new PersistentMap(put(root, key, value));
    }

    PersistentMap without(ByteSlice key) {
        return get(key) == null ? this : new PersistentMap(remove(root, key));
    }

    /// The first entry at or after the key; after it only, if `strict`.
    @Nullable Entry ceiling(ByteSlice key, boolean strict) {
        Entry found = null;
        Entry at = root;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order < 0 || (order == 0 && !strict)) {
                found = at;
                at = at.left;
            } else {
                at = at.right;
            }
        }
        return found;
    }

    /// The last entry at or before the key; before it only, if `strict`.
    @Nullable Entry floor(ByteSlice key, boolean strict) {
        Entry found = null;
        Entry at = root;
        while (at != null) {
            int order = key.compareTo(at.key);
            if (order > 0 || (order == 0 && !strict)) {
                found = at;
                at = at.right;
            } else {
                at = at.left;
            }
        }
        return found;
    }

    @Nullable Entry last() {
        Entry at = root;
        while (at != null && at.right != null) {
            at = at.right;
        }
        return at;
    }

    private static Entry put(@Nullable Entry at, ByteSlice key, ByteSlice value) {
        if (at == null) {
            return new Entry(key, value, null, null, 1);
        }
        int order = key.compareTo(at.key);
        if (order == 0) {
            return new Entry(key, value, at.left, at.right, at.height);
        }
        return order < 0
                ? balanced(at, put(at.left, key, value), at.right)
                : balanced(at, at.left, put(at.right, key, value));
    }

    private static @Nullable Entry remove(@Nullable Entry at, ByteSlice key) {
        if (at == null) {
            return null;
        }
        int order = key.compareTo(at.key);
        if (order < 0) {
            return balanced(at, remove(at.left, key), at.right);
        }
        if (order > 0) {
            return balanced(at, at.left, remove(at.right, key));
        }
        if (at.left == null) {
            return at.right;
        }
        if (at.right == null) {
            return at.left;
        }
        Entry next = at.right;
        while (next.left != null) {
            next = next.left;
        }
        return balanced(next, at.left, remove(at.right, next.key));
    }

    /// An entry like `like` over these two subtrees, whose heights differ by two at the most.
    private static Entry balanced(Entry like, @Nullable Entry left, @Nullable Entry right) {
        if (left != null && height(left) > height(right) + 1) {
            Entry inner = left.right;
            if (inner != null && height(inner) > height(left.left)) {
                return entry(
                        inner, entry(left, left.left, inner.left), entry(like, inner.right, right));
            }
            return entry(left, left.left, entry(like, left.right, right));
        }
        if (right != null && height(right) > height(left) + 1) {
            Entry inner = right.left;
            if (inner != null && height(inner) > height(right.right)) {
                return entry(
                        inner,
                        entry(like, left, inner.left),
                        entry(right, inner.right, right.right));
            }
            return entry(right, entry(like, left, right.left), right.right);
        }
        return entry(like, left, right);
    }

    private static Entry entry(Entry like, @Nullable Entry left, @Nullable Entry right) {
        int height = Math.max(height(left), height(right)) + 1;
        return new Entry(like.key, like.value, left, right, height);
    }

    private static int height(@Nullable Entry entry) {
        return entry == null ? 0 : entry.height;
    }
}
