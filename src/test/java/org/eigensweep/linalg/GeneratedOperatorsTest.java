package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eigensweep.linalg.GeneratedCase.Subject;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Sequences of operators that nobody had in mind, as many as fit into a time, with what every
 * solver promises of them. {@code -Dgenerated.seconds} is the time, {@code -Dgenerated.seed} where
 * they are drawn from; the time decides nothing but how many are drawn.
 */
@Tag("generated")
class GeneratedOperatorsTest {
  private record Kind(Subject subject, Complaint.Promise promise) {}

  private record Found(ShrunkCase first, GeneratedCase drawn, int times) {
    Found again() {
      return new Found(first, drawn, times + 1);
    }
  }

  @Test
  void keepEveryPromise() {
    long seed = Long.getLong("generated.seed", 20_260_101L);
    long seconds = Long.getLong("generated.seconds", 60L);
    GeneratedCases cases = new GeneratedCases(seed);
    Map<Kind, Found> found = new LinkedHashMap<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    int count = 0;
    long steps = 0;
    while (System.nanoTime() < end) {
      GeneratedCase drawn = cases.next();
      GeneratedRun run = GeneratedRun.of(drawn, Followers.REAL);
      count++;
      steps += run.steps();
      note(drawn, run.complaint(), found);
    }
    System.out.printf(
        "Generated sequences of operators: %d cases, %d steps, %d seconds, seed %d, %d promises broken%n",
        count, steps, seconds, seed, found.size());
    System.out.print(report(found));
    assertThat(report(found)).isEmpty();
  }

  private static void note(
      GeneratedCase drawn, Optional<Complaint> complaint, Map<Kind, Found> found) {
    if (complaint.isPresent()) {
      Kind kind = new Kind(drawn.subject(), complaint.get().promise());
      if (found.containsKey(kind)) {
        found.computeIfPresent(kind, (same, earlier) -> earlier.again());
      } else {
        ShrunkCase shrunk = ShrunkCase.of(drawn, complaint.get(), Followers.REAL);
        found.put(kind, new Found(shrunk, drawn, 1));
      }
    }
  }

  /** Each case in a line that can be added to those once found. */
  private static String report(Map<Kind, Found> found) {
    StringBuilder report = new StringBuilder();
    found.forEach(
        (kind, one) ->
            report
                .append(
                    "%n%s, %d times: %s%n"
                        .formatted(kind.subject(), one.times(), one.first().complaint()))
                .append("  \"%s\"%n".formatted(one.first().given()))
                .append("  drawn as %s%n".formatted(one.drawn())));
    return report.toString();
  }
}
