package io.quorate.sql.bind;

import io.quorate.common.check.Check;
import io.quorate.sql.algebra.AggregateCall;
import io.quorate.sql.algebra.Expr;
import io.quorate.sql.algebra.Expr.PendingWindow;
import io.quorate.sql.algebra.Exprs;
import io.quorate.sql.algebra.Rel;
import io.quorate.sql.algebra.WindowCall;
import java.util.ArrayList;
import java.util.List;

/// Gives the window calls of a query block their columns: first [#collect] those of its expressions,
/// then make the relation, then [#windowed] each expression over it. Calls over the same partitions
/// in the same order share one [Rel.Window], whatever their frames.
final class Windowing {
    private final int inputWidth;
    private final List<Sharing> sharings = new ArrayList<>();

    private record Sharing(
            List<Expr> partition, List<AggregateCall.Order> order, List<WindowCall> calls) {
        boolean takes(PendingWindow window) {
            return partition.equals(window.partition()) && order.equals(window.order());
        }
    }

    Windowing(Rel input) {
        this.inputWidth = input.types().size();
    }

    void collect(Expr expr) {
        if (expr instanceof PendingWindow window) {
            List<WindowCall> calls = sharingOf(window).calls();
            if (!calls.contains(window.call())) {
                calls.add(window.call());
            }
            return;
        }
        expr.children().forEach(this::collect);
    }

    private Sharing sharingOf(PendingWindow window) {
        for (Sharing sharing : sharings) {
            if (sharing.takes(window)) {
                return sharing;
            }
        }
        sharings.add(new Sharing(window.partition(), window.order(), new ArrayList<>()));
        return sharings.getLast();
    }

    Rel relation(Rel input) {
        Rel rel = input;
        for (Sharing sharing : sharings) {
            rel =
                    new Rel.Window(
                            rel,
                            sharing.partition(),
                            sharing.order(),
                            List.copyOf(sharing.calls()));
        }
        return rel;
    }

    /// The same expression over the rows of [#relation].
    Expr windowed(Expr expr) {
        if (expr instanceof PendingWindow window) {
            return new Expr.ColumnRef(slotOf(window), window.type());
        }
        List<Expr> children = expr.children();
        return children.isEmpty()
                ? expr
                : expr.withChildren(children.stream().map(this::windowed).toList());
    }

    private int slotOf(PendingWindow window) {
        int slot = inputWidth;
        for (Sharing sharing : sharings) {
            if (sharing.takes(window)) {
                return slot + sharing.calls().indexOf(window.call());
            }
            slot += sharing.calls().size();
        }
        throw Check.unreachable("every window call was collected");
    }

    /// Where the first window call of an expression stands.
    static int position(Expr expr, Binding binding, int otherwise) {
        if (expr instanceof PendingWindow) {
            Binding.NamePlace place = binding.placeOf(expr);
            return place == null ? otherwise : place.position();
        }
        for (Expr child : expr.children()) {
            if (hasWindow(child)) {
                return position(child, binding, otherwise);
            }
        }
        return otherwise;
    }

    static boolean hasWindow(Expr expr) {
        return Exprs.any(expr, each -> each instanceof PendingWindow);
    }
}
