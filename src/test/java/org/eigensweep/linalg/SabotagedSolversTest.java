package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigensweep.array.Scope;
import org.eigensweep.linalg.Complaint.Promise;
import org.eigensweep.linalg.Follower.Answer;
import org.eigensweep.linalg.Follower.Counts;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the generated sequences would say of solvers that are wrong on purpose. */
class SabotagedSolversTest {
  private static final String PAIRS =
      "subject=TRACK seed=3 n=30 precision=FLOAT64 pairs=4 tolerance=1e-3 which=LARGEST"
          + " products=2000 basis=0 error=0 rate=0 shape=GEOMETRIC decay=0.8 negative=0 scale=1"
          + " motion=STILL angle=0 steps=2 direction=RANDOM events=";

  private static final String PROJECT =
      "subject=PROJECT seed=3 n=30 precision=FLOAT64 pairs=4 tolerance=1e-8 which=LARGEST"
          + " products=2000 basis=0 error=1e-4 rate=0 shape=GAP decay=0.8 negative=0 scale=1"
          + " motion=ROTATE angle=1e-4 steps=6 direction=RANDOM events=";

  private static final String ORTHONORMALIZE =
      "subject=ORTHONORMALIZE seed=3 n=30 precision=FLOAT64 pairs=4 tolerance=1e-8 which=LARGEST"
          + " products=2000 basis=3 error=0 rate=0 shape=FLAT decay=0.5 negative=0 scale=1"
          + " motion=STILL angle=0 steps=1 direction=RANDOM events=";

  /** Spoils an answer. */
  private interface Sabotage {
    Answer of(Answer answer, GeneratedSequence.Step step);
  }

  private interface PairsSabotage extends Sabotage {
    Follower.Pairs of(Follower.Pairs sound, SymmetricMatrix matrix);

    @Override
    default Answer of(Answer answer, GeneratedSequence.Step step) {
      return of((Follower.Pairs) answer, step.matrix());
    }
  }

  private static Follower.Pairs with(
      Follower.Pairs sound, double[] vectors, double[] values, double[] residuals) {
    return new Follower.Pairs(
        vectors, values, residuals, sound.products(), sound.stop(), sound.counts());
  }

  private static double[] changed(double[] numbers, int index, double factor) {
    double[] changed = numbers.clone();
    changed[index] *= factor;
    return changed;
  }

  private static double[] times(double[] numbers, double factor) {
    return Arrays.stream(numbers).map(x -> factor * x).toArray();
  }

  /** Column i of a column-major block in n dimensions, replaced. */
  private static double[] swapped(double[] block, int i, double[] column) {
    double[] swapped = block.clone();
    System.arraycopy(column, 0, swapped, i * column.length, column.length);
    return swapped;
  }

  /**
   * Each column of a block turned by an angle in the plane of two orthonormal vectors, which leaves
   * the block orthonormal.
   */
  private static double[] turned(double[] block, double[] from, double[] to, double angle) {
    int n = from.length;
    double[] turned = block.clone();
    for (int j = 0; j < block.length; j += n) {
      double x = 0;
      double y = 0;
      for (int i = 0; i < n; i++) {
        x += from[i] * block[j + i];
        y += to[i] * block[j + i];
      }
      double dx = (Math.cos(angle) - 1) * x - Math.sin(angle) * y;
      double dy = (Math.cos(angle) - 1) * y + Math.sin(angle) * x;
      for (int i = 0; i < n; i++) {
        turned[j + i] += dx * from[i] + dy * to[i];
      }
    }
    return turned;
  }

  /** The eigenvectors of two places in the order of values, turned into each other. */
  private static double[] turned(
      double[] block, SymmetricMatrix matrix, int from, int to, double angle) {
    RealMatrix vectors = matrix.leadingVectors(to + 1, Which.LARGEST);
    return turned(block, vectors.getColumn(from), vectors.getColumn(to), angle);
  }

  static Stream<Arguments> wrongPairs() {
    return Stream.of(
        pairs(
            "a value 2 % off",
            Promise.HONEST_RESIDUALS,
            (sound, matrix) ->
                with(sound, sound.vectors(), changed(sound.values(), 3, 0.98), sound.residuals())),
        pairs(
            "residuals halved",
            Promise.HONEST_RESIDUALS,
            (sound, matrix) ->
                with(sound, sound.vectors(), sound.values(), times(sound.residuals(), 0.5))),
        pairs(
            "a vector swapped with one outside",
            Promise.HONEST_RESIDUALS,
            (sound, matrix) ->
                with(
                    sound,
                    turned(sound.vectors(), matrix, 2, 4, Math.PI / 2),
                    sound.values(),
                    sound.residuals())),
        pairs(
            "another pair, exact, for the last",
            Promise.LEADING,
            (sound, matrix) ->
                with(
                    sound,
                    turned(sound.vectors(), matrix, 3, 4, Math.PI / 2),
                    swapped(
                        sound.values(),
                        3,
                        new double[] {matrix.leadingValues(5, Which.LARGEST)[4]}),
                    times(sound.residuals(), 10))),
        pairs(
            "vectors turned by 1e-2",
            Promise.HONEST_RESIDUALS,
            (sound, matrix) ->
                with(
                    sound,
                    turned(sound.vectors(), matrix, 0, 20, 1e-2),
                    sound.values(),
                    sound.residuals())),
        pairs(
            "a vector too long by 1e-6",
            Promise.ORTHONORMAL,
            (sound, matrix) ->
                with(
                    sound,
                    changed(sound.vectors(), 0, 1 + 1e-6),
                    sound.values(),
                    sound.residuals())),
        pairs(
            "a pair too few",
            Promise.ALL_PAIRS_IN_ORDER,
            (sound, matrix) ->
                with(
                    sound,
                    Arrays.copyOf(sound.vectors(), 90),
                    Arrays.copyOf(sound.values(), 3),
                    Arrays.copyOf(sound.residuals(), 3))),
        pairs(
            "two values exchanged",
            Promise.ALL_PAIRS_IN_ORDER,
            (sound, matrix) ->
                with(sound, sound.vectors(), changed(sound.values(), 1, 2), sound.residuals())),
        pairs(
            "converged beyond the tolerance",
            Promise.WITHIN_THE_TOLERANCE,
            (sound, matrix) ->
                with(sound, sound.vectors(), sound.values(), new double[] {0.1, 0.1, 0.1, 0.1})),
        pairs(
            "a product forgotten",
            Promise.ACCOUNTS,
            (sound, matrix) ->
                new Follower.Pairs(
                    sound.vectors(),
                    sound.values(),
                    sound.residuals(),
                    sound.products() - 1,
                    sound.stop(),
                    fewer(sound.counts()))));
  }

  private static Arguments pairs(String name, Promise promise, PairsSabotage sabotage) {
    return Arguments.of(name, PAIRS, promise, sabotage);
  }

  private static Counts fewer(Counts counts) {
    return new Counts(
        counts.products() - 1, counts.refreshes(), counts.coldSolves(), counts.corrections());
  }

  /** A basis turned towards the vector that is projected, which changes χ as much as a turn can. */
  private static Answer turnedBasis(Answer answer, GeneratedSequence.Step step, double angle) {
    Follower.Basis sound = (Follower.Basis) answer;
    RealMatrix leading = step.matrix().leadingVectors(4, Which.LARGEST);
    RealVector v = new ArrayRealVector(step.vector());
    RealVector inside = leading.operate(leading.preMultiply(v));
    double[] from = inside.unitVector().toArray();
    double[] to = v.subtract(inside).unitVector().toArray();
    return new Follower.Basis(turned(sound.basis(), from, to, angle), sound.counts());
  }

  static Stream<Arguments> wrongBases() {
    Sabotage once = (answer, step) -> turnedBasis(answer, step, step.number() == 4 ? 1e-2 : 0);
    Sabotage always = (answer, step) -> turnedBasis(answer, step, 5e-4);
    Sabotage forgets =
        (answer, step) ->
            new Follower.Basis(((Follower.Basis) answer).basis(), fewer(answer.counts()));
    Sabotage random =
        (answer, step) -> {
          Follower.Block sound = (Follower.Block) answer;
          double[] other = SymmetricMatrix.orthogonal(30, 9).getColumn(0);
          return new Follower.Block(
              sound.given(), new double[0], swapped(sound.made(), 0, other), sound.counts());
        };
    Sabotage intoTheBasis =
        (answer, step) -> {
          Follower.Block sound = (Follower.Block) answer;
          double[] inside = Arrays.copyOf(sound.basis(), 30);
          return new Follower.Block(
              sound.given(), sound.basis(), swapped(sound.made(), 0, inside), sound.counts());
        };
    Sabotage outOfTheSpan =
        (answer, step) -> {
          Follower.Block sound = (Follower.Block) answer;
          RealVector other = SymmetricMatrix.orthogonal(30, 9).getColumnVector(0);
          for (double[] block : new double[][] {sound.basis(), sound.made()}) {
            RealMatrix taken = SymmetricMatrix.real(block, 30);
            other = other.subtract(taken.operate(taken.preMultiply(other)));
          }
          double[] first = Arrays.copyOf(sound.made(), 30);
          double[] made = turned(sound.made(), first, other.unitVector().toArray(), 1e-6);
          return new Follower.Block(sound.given(), sound.basis(), made, sound.counts());
        };
    return Stream.of(
        Arguments.of("a span turned by 1e-6", ORTHONORMALIZE, Promise.KEEPS_THE_SPAN, outOfTheSpan),
        Arguments.of("a basis turned by 1e-2 once", PROJECT, Promise.SINGLE_ERROR, once),
        Arguments.of("a basis turned by 5e-4 always", PROJECT, Promise.MEAN_ERROR, always),
        Arguments.of("a product forgotten", PROJECT, Promise.ACCOUNTS, forgets),
        Arguments.of("a random vector", ORTHONORMALIZE, Promise.ORTHONORMAL, random),
        Arguments.of("one of the basis", ORTHONORMALIZE, Promise.ORTHONORMAL, intoTheBasis));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource({"wrongPairs", "wrongBases"})
  void areReported(String name, String text, Promise promise, Sabotage sabotage) {
    GeneratedCase given = GeneratedCase.parse(text);
    assertThat(GeneratedRun.of(given, Followers.REAL).complaint()).isEmpty();
    Followers spoiled = (one, device) -> new Sabotaged(Followers.REAL.open(one, device), sabotage);
    Optional<Complaint> complaint = GeneratedRun.of(given, spoiled).complaint();
    assertThat(complaint).map(Complaint::promise).contains(promise);
  }

  private static Optional<Complaint> ofNotFinite(Followers followers) {
    GeneratedCase given = GeneratedCase.parse(PAIRS).with("events", "NOT_FINITE@1:0:0");
    assertThat(GeneratedRun.of(given, Followers.REAL).complaint()).isEmpty();
    return GeneratedRun.of(given, followers).complaint();
  }

  @Test
  void areReportedForScopesLeftOpen() {
    Followers leaking = (one, device) -> new Leaking(Followers.REAL.open(one, device));
    assertThat(ofNotFinite(leaking)).map(Complaint::promise).contains(Promise.CLOSES_ITS_SCOPES);
  }

  @Test
  void areReportedForAnswersFromWhatIsNotFinite() {
    Followers silent = (one, device) -> new Silent(Followers.REAL.open(one, device));
    assertThat(ofNotFinite(silent))
        .map(Complaint::promise)
        .contains(Promise.REFUSES_WHAT_IS_NOT_FINITE);
  }

  private record Leaking(Follower sound) implements Follower {
    @Override
    public Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope) {
      operator.device().open().matrix(30, 4);
      return sound.meet(operator, step, scope);
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  private record Silent(Follower sound) implements Follower {
    @Override
    public Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope) {
      try {
        return sound.meet(operator, step, scope);
      } catch (NotFiniteException e) {
        return new Follower.Basis(new double[0], new Counts(0, 0, 0, 0));
      }
    }

    @Override
    public void close() {
      sound.close();
    }
  }

  private record Sabotaged(Follower sound, Sabotage sabotage) implements Follower {
    @Override
    public Answer meet(LinearOperator operator, GeneratedSequence.Step step, Scope scope) {
      return sabotage.of(sound.meet(operator, step, scope), step);
    }

    @Override
    public void close() {
      sound.close();
    }
  }
}
