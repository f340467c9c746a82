package org.eigensweep.app;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with arguments that nobody takes, and what may have been meant. */
final class Misspelling {
  private Misspelling() {}

  /** One line, without a word on where help is. */
  static String describe(ParameterException e) {
    if (!(e instanceof UnmatchedArgumentException unmatched)) {
      return e.getMessage().replaceFirst("^Error: ", ""); // of some of its messages, not of others
    }
    Set<String> commands = e.getCommandLine().getSubcommands().keySet();
    String first = unmatched.getUnmatched().get(0);
    boolean command = !commands.isEmpty() && !unmatched.isUnknownOption();
    String fault =
        command
            ? "'%s' is no command, expected %s".formatted(first, String.join(", ", commands))
            : e.getMessage();
    List<String> meant = unmatched.getSuggestions();
    return meant.isEmpty() ? fault : "%s; did you mean %s?".formatted(fault, meant.get(0));
  }
}
