package io.quorate.server.demo;

import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/// What went wrong of one kind: how often, and the first few instances in words.
final class Findings {
    private static final int WORDS_MAX = 3;

    private final LongAdder count = new LongAdder();
    private final ConcurrentLinkedQueue<String> words = new ConcurrentLinkedQueue<>();

    void add(String instance) {
        count.increment();
        if (words.size() < WORDS_MAX) {
            words.add(instance);
        }
    }

    long count() {
        return count.sum();
    }

    List<String> words() {
        return List.copyOf(words);
    }
}
