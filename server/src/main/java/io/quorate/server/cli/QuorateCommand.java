package io.quorate.server.cli;

import io.quorate.server.cli.slt.SltCommand;
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
        System.exit(run(arguments));
    }

    /// Runs the command and returns its exit status.
    public static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new QuorateCommand());
        commandLine.setExecutionExceptionHandler(new FailureReport());
        return commandLine.execute(arguments);
    }
}
