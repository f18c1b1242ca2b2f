package io.quorate.sim.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who must come before whom, and why.
final class DependencyGraph {
    private final List<List<Edge>> outgoing = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();

    enum Why {
        /// Its write was followed by the other's.
        WRITE_WRITE,

        /// Its write was read by the other.
        WRITE_READ,

        /// What it read was followed by the other's write.
        READ_WRITE,

        /// It had ended before the other began.
        REAL_TIME
    }

    record Edge(int from, int to, Why why) {}

    DependencyGraph(int nodes) {
        for (int i = 0; i < nodes; i++) {
            outgoing.add(new ArrayList<>());
        }
    }

    void add(int from, int to, Why why) {
        Edge edge = new Edge(from, to, why);
        if (from != to && !outgoing.get(from).contains(edge)) {
            outgoing.get(from).add(edge);
            edges.add(edge);
        }
    }

    /// A shortest cycle of one `first` edge and otherwise edges of `rest`; null if there is none.
    @Nullable List<Edge> cycle(Why first, Set<Why> rest) {
        int[] components = components(first, rest);
        List<Edge> best = null;
        for (Edge edge : edges) {
            if (edge.why == first && components[edge.from] == components[edge.to]) {
                List<Edge> back = path(edge.to, edge.from, rest, components);
                if (back != null && (best == null || back.size() + 1 < best.size())) {
                    best = new ArrayList<>(List.of(edge));
                    best.addAll(back);
                }
                if (best != null && best.size() == 2) {
                    return best;
                }
            }
        }
        return best;
    }

    /// Breadth first, inside one component.
    private @Nullable List<Edge> path(int from, int to, Set<Why> allowed, int[] components) {
        @Nullable Edge[] cameBy = new Edge[outgoing.size()];
        Deque<Integer> front = new ArrayDeque<>(List.of(from));
        while (!front.isEmpty()) {
            int node = front.poll();
            if (node == to) {
                return unwind(from, to, cameBy);
            }
            for (Edge edge : outgoing.get(node)) {
                if (allowed.contains(edge.why)
                        && components[edge.to] == components[from]
                        && edge.to != from
                        && cameBy[edge.to] == null) {
                    cameBy[edge.to] = edge;
                    front.add(edge.to);
                }
            }
        }
        return null;
    }

    private static List<Edge> unwind(int from, int to, @Nullable Edge[] cameBy) {
        List<Edge> path = new ArrayList<>();
        int node = to;
        while (node != from) {
            Edge edge = cameBy[node];
            if (edge == null) {
                throw new IllegalStateException("a path leads back to its start");
            }
            path.add(edge);
            node = edge.from;
        }
        return path.reversed();
    }

    /// The strongly connected component of each node, over the edges of these kinds (Tarjan, with a
    /// stack of its own: histories are longer than a thread's stack is deep).
    private int[] components(Why first, Set<Why> rest) {
        int nodes = outgoing.size();
        int[] component = new int[nodes];
        int[] index = new int[nodes];
        int[] low = new int[nodes];
        int[] nextEdge = new int[nodes];
        Arrays.fill(component, -1);
        Arrays.fill(index, -1);
        Deque<Integer> open = new ArrayDeque<>();
        Deque<Integer> path = new ArrayDeque<>();
        int visited = 0;
        for (int root = 0; root < nodes; root++) {
            if (index[root] >= 0) {
                continue;
            }
            path.push(root);
            while (!path.isEmpty()) {
                int node = path.peek();
                if (index[node] < 0) {
                    index[node] = visited;
                    low[node] = visited++;
                    open.push(node);
                }
                int below = nextUnseen(node, first, rest, index, low, component, nextEdge);
                if (below >= 0) {
                    path.push(below);
                } else {
                    path.pop();
                    closeIfRoot(node, index, low, component, open);
                    if (!path.isEmpty()) {
                        low[path.peek()] = Math.min(low[path.peek()], low[node]);
                    }
                }
            }
        }
        return component;
    }

    private int nextUnseen(
            int node,
            Why first,
            Set<Why> rest,
            int[] index,
            int[] low,
            int[] component,
            int[] nextEdge) {
        List<Edge> candidates = outgoing.get(node);
        while (nextEdge[node] < candidates.size()) {
            Edge edge = candidates.get(nextEdge[node]++);
            if (edge.why == first || rest.contains(edge.why)) {
                if (index[edge.to] < 0) {
                    return edge.to;
                }
                if (component[edge.to] < 0) {
                    low[node] = Math.min(low[node], index[edge.to]);
                }
            }
        }
        return -1;
    }

    private static void closeIfRoot(
            int node, int[] index, int[] low, int[] component, Deque<Integer> open) {
        if (low[node] == index[node]) {
            int member;
            do {
                member = open.pop();
                component[member] = node;
            } while (member != node);
        }
    }
}
