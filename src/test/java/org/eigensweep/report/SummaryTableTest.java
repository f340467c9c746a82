package org.eigensweep.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.eigensweep.experiment.outcome.Cost;
import org.eigensweep.experiment.outcome.Status;
import org.eigensweep.experiment.outcome.TrialSummary;
import org.junit.jupiter.api.Test;

class SummaryTableTest {
  private static TrialSummary trial(
      long seed, String rule, Status status, int switchStep, double loss) {
    boolean diverged = status == Status.DIVERGED;
    double chi = switchStep < 0 ? Double.NaN : 0.95;
    Cost trunk = new Cost(100, 0, 0, 0, 0, 0.5);
    Cost branch = new Cost(300, 0, 0, 0, 0, 1);
    return new TrialSummary(
        "t",
        0.01,
        seed,
        10,
        rule,
        status,
        switchStep,
        chi,
        diverged ? 300 : -1,
        diverged ? -1 : 400,
        loss,
        0.99,
        2 * loss,
        0.9125,
        trunk,
        branch);
  }

  @Test
  void showsMeanAndSpreadOverSeeds() {
    String table =
        SummaryTable.render(
            List.of(
                trial(0, "plain", Status.COMPLETED, 90, 0.03),
                trial(0, "bulk", Status.COMPLETED, 90, 123.456),
                trial(1, "plain", Status.COMPLETED, 110, 0.032),
                trial(1, "bulk", Status.DIVERGED, 110, Double.NaN),
                trial(2, "plain", Status.COMPLETED, 100, 0.034),
                trial(2, "bulk", Status.NOT_SWITCHED, -1, 0.5)));
    assertThat(table)
        .isEqualTo(
            """
            learning rate  rank  rule   trials       train loss  test accuracy  χ_k at switch  switch step  steps/s
                     0.01    10  plain       3  0.0320 ± 0.0020      0.912 ± 0          0.950       90–110      300
                     0.01    10  bulk        3              123          0.912          0.950           90      300
            learning rate 0.01, rank 10, bulk: 1 diverged and 1 not switched of 3 trials
            """);
    assertThat(table.lines()).allMatch(line -> line.length() <= 110);
  }

  @Test
  void showsNoSpreadOfOneSeed() {
    assertThat(SummaryTable.render(List.of(trial(0, "plain", Status.COMPLETED, 7, 2.5e-7))))
        .isEqualTo(
            """
            learning rate  rank  rule   trials  train loss  test accuracy  χ_k at switch  switch step  steps/s
                     0.01    10  plain       1     2.50e-7          0.912          0.950            7      300
            """);
  }

  @Test
  void showsTrialsThatNeverSwitchedOnlyWhereNoneCompleted() {
    assertThat(SummaryTable.render(List.of(trial(0, "bulk", Status.NOT_SWITCHED, -1, 0.5))))
        .isEqualTo(
            """
            learning rate  rank  rule  trials  train loss  test accuracy  χ_k at switch  switch step  steps/s
                     0.01    10  bulk       1       0.500          0.912              -            -      200
            learning rate 0.01, rank 10, bulk: 1 not switched of 1 trial
            """);
  }
}
