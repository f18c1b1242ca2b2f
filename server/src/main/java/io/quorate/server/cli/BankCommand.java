package io.quorate.server.cli;

import io.quorate.server.demo.BankConfig;
import io.quorate.server.demo.BankConfig.TransactionMode;
import io.quorate.server.demo.BankDemo;
import io.quorate.server.node.PlantedFault;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quorate demo bank`: transfers, audits, kills and a verdict.
@Command(
        name = "bank",
        description = "Moves money between accounts, kills nodes, and checks that none is lost.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit status:%n",
        exitCodeList = {" 0:the books balance", " 1:they do not, or the demo could not run"})
final class BankCommand implements Callable<Integer> {
    @Spec private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "a cluster that runs (default: start one)")
    private @Nullable String url;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where a cluster of its own keeps its data (default: a temporary one)")
    private @Nullable Path data;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "nodes of a cluster of its own (default: ${DEFAULT-VALUE})",
            defaultValue = "3")
    private int nodes = 3;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "how long to transfer (default: ${DEFAULT-VALUE})",
            defaultValue = "30")
    private int seconds = 30;

    @Option(
            names = "--kill-every",
            paramLabel = "S",
            description =
                    "run each node as a process of its own and kill one S seconds after the last"
                            + " victim is back",
            defaultValue = "0")
    private int killEverySeconds;

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "optimistic, pessimistic or both (default: ${DEFAULT-VALUE})",
            defaultValue = "both")
    private String mode = "both";

    @Option(
            names = "--break",
            paramLabel = "FAULT",
            description =
                    "break a rule of the database, to see that the checks notice: read-latest,"
                            + " no-lock-check or lost-secondary")
    private @Nullable String fault;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            description = "how many accounts; fewer conflict more (default: ${DEFAULT-VALUE})",
            defaultValue = "16")
    private int accounts = 16;

    @Option(
            names = "--workers",
            paramLabel = "N",
            description = "how many clients transfer (default: ${DEFAULT-VALUE})",
            defaultValue = "8")
    private int workers = 8;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("picocli gives every command its spec");
        }
        BankConfig config =
                new BankConfig(
                        url,
                        data,
                        nodes,
                        seconds,
                        killEverySeconds,
                        modes(),
                        fault == null ? null : PlantedFault.named(fault),
                        accounts,
                        workers);
        BankDemo demo =
                new BankDemo(config, QuorateCommand.class.getName(), spec.commandLine().getOut());
        return demo.run() ? 0 : 1;
    }

    private List<TransactionMode> modes() {
        return switch (mode) {
            case "optimistic" -> List.of(TransactionMode.OPTIMISTIC);
            case "pessimistic" -> List.of(TransactionMode.PESSIMISTIC);
            case "both" -> List.of(TransactionMode.OPTIMISTIC, TransactionMode.PESSIMISTIC);
            default ->
                    throw new IllegalStateException(
                            "--mode is optimistic, pessimistic or both, not \"" + mode + "\"");
        };
    }
}
