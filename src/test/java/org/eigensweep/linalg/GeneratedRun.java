package org.eigensweep.linalg;

import java.util.Optional;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.Complaint.Promise;

/**
 * What a solver made of a case.
 *
 * @param steps operators that it met
 * @param complaint the first promise that it broke
 */
record GeneratedRun(int steps, Optional<Complaint> complaint) {
  /** Operators with products that are not finite, so that what leaks adds up. */
  private static final int REFUSALS = 40;

  static GeneratedRun of(GeneratedCase given, Followers followers) {
    GeneratedSequence sequence = new GeneratedSequence(given);
    Judge judge = Judge.of(given);
    int steps = 0;
    try (Device device = Devices.processor().open(given.precision(), 1);
        Follower follower = followers.open(given, device)) {
      long seen = 0;
      while (steps < given.steps()) {
        GeneratedSequence.Step step = sequence.next();
        steps++;
        if (step.notFinite() >= 0) {
          return new GeneratedRun(steps, refused(follower, device, step));
        }
        try (Scope scope = device.open()) {
          DenseOperator operator = new DenseOperator(step.matrix(), scope);
          Follower.Answer answer = follower.meet(operator, step, scope);
          seen += operator.products();
          long products = seen;
          Optional<Complaint> complaint =
              judge
                  .judge(step, answer)
                  .or(
                      () ->
                          Judge.require(
                              answer.counts().products() == products,
                              Promise.ACCOUNTS,
                              step.number(),
                              "%d products, counted %d",
                              answer.counts().products(),
                              products));
          if (complaint.isPresent()) {
            return new GeneratedRun(steps, complaint);
          }
        }
      }
      return new GeneratedRun(steps, judge.close());
    } catch (RuntimeException e) {
      Complaint thrown = new Complaint(Promise.RETURNS, steps - 1, e + " at " + where(e));
      return new GeneratedRun(steps, Optional.of(thrown));
    }
  }

  private static String where(RuntimeException e) {
    for (StackTraceElement frame : e.getStackTrace()) {
      if (frame.getClassName().startsWith("org.eigensweep")) {
        return frame.toString();
      }
    }
    return "an unknown place";
  }

  /** Refuses the same operator over and over: after some times no more storage may be held. */
  private static Optional<Complaint> refused(
      Follower follower, Device device, GeneratedSequence.Step step) {
    long first = 0;
    long last = 0;
    for (int time = 0; time < REFUSALS; time++) {
      try (Scope scope = device.open()) {
        LinearOperator spoiled =
            new SpoiledOperator(new DenseOperator(step.matrix(), scope), step.notFinite() % 2 == 0);
        follower.meet(spoiled, step, scope);
        return Judge.require(false, Promise.REFUSES_WHAT_IS_NOT_FINITE, step.number(), "an answer");
      } catch (NotFiniteException e) {
        if (time < REFUSALS / 2) {
          first = Math.max(first, device.bytes());
        } else {
          last = Math.max(last, device.bytes());
        }
      }
    }
    return Judge.require(
        last <= first,
        Promise.CLOSES_ITS_SCOPES,
        step.number(),
        "%d bytes, and after %d refusals %d",
        first,
        REFUSALS / 2,
        last);
  }

  /**
   * An operator whose products are not finite.
   *
   * @param whole all numbers of a product, else the last one of a block
   */
  private record SpoiledOperator(LinearOperator sound, boolean whole) implements LinearOperator {
    @Override
    public Device device() {
      return sound.device();
    }

    @Override
    public int size() {
      return sound.size();
    }

    @Override
    public void apply(Matrix x, Matrix y) {
      sound.apply(x, y);
      Matrix spoiled = whole ? y : y.view(y.size() - 1, 1, 1);
      device().fill(Double.NaN, spoiled);
    }
  }
}
