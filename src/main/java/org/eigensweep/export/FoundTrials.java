package org.eigensweep.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.output.FinishedTrials;

/**
 * The finished trials of a few folders.
 *
 * @param trials in the order of the folders, each of another hash
 * @param leftOut a line for each reason to leave trials out
 */
public record FoundTrials(List<TrialRows> trials, List<String> leftOut) {
  /**
   * Looks into the folders.
   *
   * @param folders Hadoop paths
   * @param hadoop the file systems
   * @throws OutputException if one is no folder of tables, or no trial is finished in any
   */
  public static FoundTrials in(List<String> folders, Configuration hadoop) {
    List<TrialRows> trials = new ArrayList<>();
    List<String> leftOut = new ArrayList<>();
    Set<String> hashes = new HashSet<>();
    int again = 0;
    for (String folder : folders) {
      FinishedTrials found = FinishedTrials.in(folder, hadoop);
      for (String name : found.names()) {
        TrialRows trial = new TrialRows(folder, name, hadoop);
        if (hashes.add(trial.hash())) {
          trials.add(trial);
        } else {
          again++;
        }
      }
      leftOut.addAll(leftOut(found));
    }
    if (again > 0) {
      leftOut.add("%s in an earlier folder too, and exported from there".formatted(are(again)));
    }
    requireSome(trials, folders, leftOut);
    return new FoundTrials(trials, leftOut);
  }

  private static List<String> leftOut(FinishedTrials found) {
    List<String> lines = new ArrayList<>();
    if (found.unfinished() > 0) {
      lines.add(
          "%s not finished in %s and left out".formatted(are(found.unfinished()), found.output()));
    }
    found
        .damaged()
        .forEach(
            (name, flaw) ->
                lines.add(
                    "%s is left out: in %s, %s; run its sweep again"
                        .formatted(name, found.output(), flaw)));
    return lines;
  }

  private static String are(int trials) {
    return trials == 1 ? "1 trial is" : trials + " trials are";
  }

  private static void requireSome(
      List<TrialRows> trials, List<String> folders, List<String> leftOut) {
    if (trials.isEmpty()) {
      throw new OutputException(
          "%s: no finished trial, expected one at least%s; export when a trial is finished"
              .formatted(
                  String.join(", ", folders),
                  leftOut.isEmpty() ? "" : " (" + String.join("; ", leftOut) + ")"));
    }
  }
}
