package io.quorate.sim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One life of a machine, from its start to its crash: the owner of threads that die together.
final class Incarnation {
    private final String name;
    private final Set<SimThread> threads = new LinkedHashSet<>();
    private final List<SimThread> held = new ArrayList<>();
    private boolean alive = true;
    private boolean paused;

    Incarnation(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean alive() {
        return alive;
    }

    boolean paused() {
        return paused;
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    void die() {
        alive = false;
    }

    /// Its living threads, in the order of their starts.
    Set<SimThread> threads() {
        return threads;
    }

    /// Those that could run but for the pause.
    List<SimThread> held() {
        return held;
    }

    @Override
    public String toString() {
        return name;
    }
}
