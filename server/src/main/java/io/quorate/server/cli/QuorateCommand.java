package io.quorate.server.cli;

import io.quorate.server.cli.slt.SltCommand;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command `quorate`.
@Command(
        name = "quorate",
        description = "A distributed SQL database.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            StartCommand.class,
            NodeCommand.class,
            DemoCommand.class,
            SltCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND")
public final class QuorateCommand {
    private QuorateCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(new PrintWriter(System.out, true), arguments));
    }

    /// Runs the command and returns its exit status.
    public static int run(PrintWriter out, String... arguments) {
        CommandLine commandLine = new CommandLine(new QuorateCommand());
        commandLine.setOut(out);
        commandLine.setExecutionExceptionHandler(new FailureReport());
        return commandLine.execute(arguments);
    }
}
