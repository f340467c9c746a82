package org.eigensweep.network.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random DL4J networks: each is right in every number, or refused.
 *
 * <p>{@code -Dgenerated.seed} draws others, {@code -Dgenerated.seconds} more, and {@code
 * -Dgenerated.case="..."} runs one line of what a failure printed.
 */
@Tag("generated")
class GeneratedNetworksTest {
  /** As many at least, however slow the machine is. */
  private static final int FEWEST = 40;

  /** Failures after which there is enough to read. */
  private static final int ENOUGH = Integer.getInteger("generated.failures", 10);

  private final Checker checker = new Checker(new Instrument());
  private final Tally tally = new Tally();

  @Test
  void areRightOrRefused() {
    String one = System.getProperty("generated.case");
    if (one != null) {
      Outcome outcome = checker.check(Case.parse(one));
      System.out.println(outcome);
      assertThat(outcome).isNotInstanceOf(Outcome.Fault.class);
      return;
    }
    long seed = Long.getLong("generated.seed", 1);
    List<String> failures = run(new CaseGenerator(seed));
    System.out.printf("generated networks, seed %d: %s%n", seed, tally);
    assertThat(failures).isEmpty();
    tally.requireWorth();
  }

  private List<String> run(CaseGenerator generator) {
    long end = System.nanoTime() + Long.getLong("generated.seconds", 40) * 1_000_000_000L;
    List<String> failures = new ArrayList<>();
    while (failures.size() < ENOUGH && (tally.ran() < FEWEST || System.nanoTime() < end)) {
      Case network = generator.next();
      Outcome outcome = checker.check(network);
      tally.count(outcome);
      if (outcome instanceof Outcome.Fault fault) {
        Case small = new Shrinker(smaller -> failsAlike(smaller, fault), 300).shrink(network);
        String text = "%s%n  of %s%n  %s".formatted(small, network, checker.check(small));
        System.out.println(text);
        failures.add(text);
      }
    }
    return failures;
  }

  private boolean failsAlike(Case network, Outcome.Fault fault) {
    return checker.check(network) instanceof Outcome.Fault other && other.isLike(fault);
  }
}
