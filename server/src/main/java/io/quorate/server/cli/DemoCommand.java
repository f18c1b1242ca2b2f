package io.quorate.server.cli;

import picocli.CommandLine.Command;

/// `quorate demo`: things to watch.
@Command(
        name = "demo",
        description = "Shows Quorate at work.",
        mixinStandardHelpOptions = true,
        subcommands = BankCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class DemoCommand {}
