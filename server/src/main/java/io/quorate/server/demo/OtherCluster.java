package io.quorate.server.demo;

import java.util.List;

/// A cluster that runs already and that the demo only talks to.
final class OtherCluster implements BankCluster {
    private final List<String> urls;

    OtherCluster(String url) {
        urls = JdbcUrls.ofEachHost(url);
    }

    @Override
    public List<String> urls() {
        return urls;
    }

    @Override
    public String description() {
        return "a running cluster of " + urls.size() + " addresses";
    }

    /// Leaves it running.
    @Override
    public void close() {}
}
