package io.quorate.server.cli;

import io.quorate.common.error.QuorateException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Tells in a sentence why a command failed; the stack goes to the log.
final class FailureReport implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(
            Exception failure, CommandLine commandLine, ParseResult parsed) {
        commandLine.getErr().println("quorate: " + sentence(failure));
        if (!(failure instanceof QuorateException) && !(failure instanceof IllegalStateException)) {
            LoggerFactory.getLogger(FailureReport.class).error("command failed", failure);
        }
        return 1;
    }

    private static String sentence(Exception failure) {
        if (failure instanceof QuorateException error) {
            String hint = error.hint();
            return error.message() + (hint == null ? "" : "\n" + hint);
        }
        return String.valueOf(failure.getMessage());
    }
}
