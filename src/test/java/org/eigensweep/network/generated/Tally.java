package org.eigensweep.network.generated;

import static org.assertj.core.api.Assertions.assertThat;

/** How many cases came out how. */
final class Tally {
  private int exact;
  private int differences;
  private int refused;
  private int skipped;
  private int faults;
  private int none;

  void count(Outcome outcome) {
    if (outcome instanceof Outcome.Right right) {
      exact += right.exact() ? 1 : 0;
      differences += right.exact() ? 0 : 1;
    } else if (outcome instanceof Outcome.Refused) {
      refused++;
    } else if (outcome instanceof Outcome.Skipped) {
      skipped++;
    } else if (outcome instanceof Outcome.Fault) {
      faults++;
    } else {
      none++;
    }
  }

  /** Cases that are networks. */
  int ran() {
    return exact + differences + refused + skipped + faults;
  }

  /**
   * A run that judged little proves little: a twentieth in each way, and few kinks. Shares of fewer
   * than some hundred draws are chance.
   */
  void requireWorth() {
    if (ran() < 200) {
      assertThat(exact + differences).as("judged").isPositive();
      return;
    }
    assertThat(exact).as("exact").isGreaterThan(ran() / 20);
    assertThat(differences).as("by differences").isGreaterThan(ran() / 20);
    assertThat(skipped).as("skipped").isLessThan(ran() / 5);
  }

  @Override
  public String toString() {
    return "%d ran: %d exact, %d by differences, %d refused, %d skipped near kinks, %d wrong; %d more that DL4J does not make"
        .formatted(ran(), exact, differences, refused, skipped, faults, none);
  }
}
