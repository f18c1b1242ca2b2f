package io.quorate.raftstore.raft.search;

import io.quorate.common.bytes.ByteSlice;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// The hash of everything reachable from an object, private fields included: two replicas with the
/// same fingerprint behave alike for ever. Reading fields by reflection rather than by a list of
/// getters means that none can be forgotten.
///
/// Left out are functions, and classes named as constant: they never change between states.
final class Fingerprint {
    private final Set<Class<?>> constants;
    private final Map<Class<?>, List<Field>> fields = new HashMap<>();

    Fingerprint(Set<Class<?>> constants) {
        this.constants = Set.copyOf(constants);
    }

    Hash128.Value of(Object object) {
        Hash128 hash = new Hash128();
        add(object, hash, new IdentityHashMap<>());
        return hash.value();
    }

    private void add(@Nullable Object value, Hash128 hash, IdentityHashMap<Object, Integer> seen) {
        switch (value) {
            case null -> hash.add(1);
            case Long number -> hash.add(number);
            case Integer number -> hash.add(number);
            case Boolean bool -> hash.add(bool ? 2 : 3);
            case Enum<?> constant -> hash.add(4L + constant.ordinal());
            case ByteSlice bytes -> hash.add(((long) bytes.length() << 32) ^ bytes.hashCode());
            case long[] numbers -> {
                hash.add(numbers.length);
                for (long number : numbers) {
                    hash.add(number);
                }
            }
            case Collection<?> several -> {
                requireOrder(
                        !(several instanceof Set<?>) || several instanceof SortedSet<?>, value);
                hash.add(several.size());
                several.forEach(each -> add(each, hash, seen));
            }
            case Map<?, ?> map -> {
                requireOrder(map instanceof SortedMap<?, ?>, value);
                hash.add(map.size());
                map.forEach((key, each) -> {
                    add(key, hash, seen);
                    add(each, hash, seen);
                });
            }
            default -> addFields(value, hash, seen);
        }
    }

    private void addFields(Object value, Hash128 hash, IdentityHashMap<Object, Integer> seen) {
        Class<?> type = value.getClass();
        if (constants.contains(type) || type.isHidden()) {
            return;
        }
        Integer before = seen.putIfAbsent(value, seen.size());
        if (before != null) {
            hash.add(before);
            return;
        }
        hash.add(type.getName().hashCode());
        for (Field field : fields.computeIfAbsent(type, Fingerprint::fieldsOf)) {
            try {
                if (field.getType() == long.class) {
                    hash.add(field.getLong(value));
                } else if (field.getType() == int.class) {
                    hash.add(field.getInt(value));
                } else {
                    add(field.get(value), hash, seen);
                }
            } catch (IllegalAccessException closed) {
                throw new IllegalStateException(field + " cannot be read", closed);
            }
        }
    }

    private static List<Field> fieldsOf(Class<?> type) {
        if (!type.getName().startsWith("io.quorate.")) {
            throw new IllegalStateException("no canonical form of " + type);
        }
        List<Field> found = new ArrayList<>();
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                found.add(field);
            }
        }
        return found;
    }

    private static void requireOrder(boolean ordered, Object value) {
        if (!ordered) {
            throw new IllegalStateException("no canonical order of " + value.getClass());
        }
    }
}
