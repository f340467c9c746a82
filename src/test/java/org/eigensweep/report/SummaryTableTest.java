package org.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eigensweep.experiment.sweep.Continuation.BULK;
import static org.eigensweep.experiment.sweep.Continuation.DOMINANT;
import static org.eigensweep.experiment.sweep.Continuation.PLAIN;
import static org.eigensweep.report.Summaries.completed;
import static org.eigensweep.report.Summaries.diverged;
import static org.eigensweep.report.Summaries.notSwitched;
import static org.eigensweep.report.Summaries.trial;

import java.util.ArrayList;
import java.util.List;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
  @Test
  void showsMeanAndSpreadOverSeeds() {
    String table =
        SummaryTable.render(
            List.of(
                completed(trial(0, PLAIN), 90, 0.05, 0.03, 0.9),
                completed(trial(0, BULK), 90, 0.05, 123.456, 0.8),
                completed(trial(1, PLAIN), 110, 0.06, 0.032, 0.92),
                diverged(trial(1, BULK), 0.06),
                completed(trial(2, PLAIN), 100, 0.07, 0.034, 0.94),
                notSwitched(trial(2, BULK), 0.5)));
    assertThat(table)
        .isEqualTo(
            """
            rate  rank  branch  switch  loss there      loss at end    χ_k  accuracy
            0.01    10  plain   90–110      0.0600  0.0320 ± 0.0020  0.920     0.912
            0.01    10  bulk        90      0.0500              123  0.800     0.912
            learning rate 0.01, rank 10, bulk: 1 diverged and 1 not switched of 3 trials

            Means over 3 seeds, ± their standard deviation. Losses are over the training
            set. χ_k is the part ‖P_k g‖/‖g‖ of the gradient's norm in the dominant space of
            k = rank eigenvectors, on average from the switch on. Accuracy is on held-out
            data.

            From the switch on (means over those 1 of 3 switches where all came to their
            end), plain training lowered the loss by 0.020; outside the dominant space it
            rose by 120; χ_10 of plain training's gradient averaged 0.90.
            """);
    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void showsNoSpreadOfOneSeed() {
    assertThat(SummaryTable.render(List.of(completed(trial(0, PLAIN), 7, 0.5, 2.5e-7, 0.9))))
        .isEqualTo(
            """
            rate  rank  branch  switch  loss there  loss at end    χ_k  accuracy
            0.01    10  plain        7       0.500      2.50e-7  0.900     0.912

            Losses are over the training set. χ_k is the part ‖P_k g‖/‖g‖ of the gradient's
            norm in the dominant space of k = rank eigenvectors, on average from the switch
            on. Accuracy is on held-out data.
            """);
  }

  @Test
  void showsTrialsThatNeverSwitchedOnlyWhereNoneCompleted() {
    assertThat(SummaryTable.render(List.of(notSwitched(trial(0, BULK), 0.5))))
        .startsWith(
            """
            rate  rank  branch  switch  loss there  loss at end  χ_k  accuracy
            0.01    10  bulk         -           -        0.500    -     0.912
            learning rate 0.01, rank 10, bulk: 1 not switched of 1 trial
            """);
  }

  /** The mean of a loss over batches of 10 and one over batches of 50 would be that of neither. */
  @Test
  void keepsBatchSizesApart() {
    List<TrialSummary> trials = new ArrayList<>();
    for (int size : new int[] {10, 50}) {
      for (long seed = 0; seed < 2; seed++) {
        trials.add(completed(trial(size, seed, PLAIN), 0.5, size + (int) seed, 0.9));
      }
    }
    trials.add(diverged(trial(50, 3, PLAIN), 0.5));
    Trial full = new Trial(0.01, Setting.of(new Batches.Full()), 0, 10, PLAIN);
    trials.add(completed(full, 0.5, 0.125, 0.9));
    assertThat(SummaryTable.render(trials))
        .startsWith(
            """
            rate  batch  rank  branch  switch  loss there  loss at end    χ_k  accuracy
            0.01     10    10  plain      100       0.500  10.5 ± 0.71  0.900     0.912
            0.01     50    10  plain      100       0.500  50.5 ± 0.71  0.900     0.912
            0.01   full    10  plain      100       0.500        0.125  0.900     0.912
            learning rate 0.01, batch size 50, rank 10, plain: 1 diverged of 3 trials
            """);
  }

  @Test
  void keepsRanksRatesAndBranchesApart() {
    List<TrialSummary> trials =
        List.of(
            completed(new Trial(0.01, 0, 5, PLAIN), 0.5, 1, 0.9),
            completed(new Trial(0.01, 0, 10, PLAIN), 0.5, 2, 0.9),
            completed(new Trial(0.02, 0, 10, PLAIN), 0.5, 3, 0.9),
            completed(new Trial(0.02, 0, 10, DOMINANT), 0.5, 4, 0.9));
    assertThat(SummaryGroup.of(trials)).hasSize(4);
  }

  /** Names of 20 letters, batch sizes and wide spreads: what goes is named. */
  @Test
  void fitsIntoATerminalByLeavingColumnsOut() {
    Continuation long20 = Continuation.asTrunk("a".repeat(20), UpdateRule.BULK);
    List<TrialSummary> trials = new ArrayList<>();
    for (long seed = 0; seed < 2; seed++) {
      trials.add(
          completed(trial(1000, seed, long20), 10_000 + (int) seed, 0.02, 0.02 + 1e-3 * seed, 0.9));
    }
    String table = SummaryTable.render(trials);
    assertThat(table)
        .startsWith("rate  batch  rank  branch                loss there       loss at end")
        .containsPattern(
            "No room\\s+for:\\s+accuracy,\\s+switch;\\s+see\\s+the\\s+table\\s+trials");
    assertThat(table.lines()).allMatch(line -> line.length() <= 80);
  }
}
