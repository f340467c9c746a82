package org.eigensweep.linalg;

import static org.eigensweep.linalg.GeneratedCase.Motion.JITTER;
import static org.eigensweep.linalg.GeneratedCase.Motion.ROTATE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;

/**
 * The operators of a case, with eigenvalues and eigenvectors that are known because they are what
 * the operators are made of. Each eigenvector has a slot, which keeps its place when values cross.
 */
final class GeneratedSequence {
  /**
   * One operator.
   *
   * @param number from 0
   * @param matrix the operator, with its spectrum
   * @param point where it is said to be taken
   * @param vector what is projected there
   * @param notFinite index of the event that spoils its products, or −1
   */
  @SuppressWarnings("ArrayRecordComponent") // read on the spot, never compared
  record Step(int number, SymmetricMatrix matrix, double[] point, double[] vector, int notFinite) {}

  /** Something that goes on over several steps. */
  private record Ongoing(int left, Runnable change) {}

  private final GeneratedCase given;
  private final Random random;
  private final double[] values;

  /** One column a slot. */
  private final double[][] vectors;

  private final Integer[] partners;
  private final double[] weights;
  private final double[] fixed;
  private final int nextSlot;
  private List<Ongoing> ongoing = new ArrayList<>();
  private int number;

  GeneratedSequence(GeneratedCase given) {
    this.given = given;
    this.random = new Random(given.seed());
    int n = given.n();
    this.vectors = SymmetricMatrix.orthogonal(n, given.seed()).transpose().getData();
    this.values = given.spectrum().values(n, given.pairs(), random);
    this.partners = matching();
    this.weights = weights();
    this.fixed = random.doubles(n, -1, 1).toArray();
    this.nextSlot = order()[Math.min(given.pairs(), n - 1)];
  }

  Step next() {
    List<Ongoing> still = new ArrayList<>();
    for (Ongoing one : ongoing) {
      one.change().run();
      if (one.left() > 1) {
        still.add(new Ongoing(one.left() - 1, one.change()));
      }
    }
    ongoing = still;
    int notFinite = -1;
    for (GeneratedEvent event : given.events()) {
      if (event.step() == number) {
        happen(event);
        notFinite = event.kind() == GeneratedEvent.Kind.NOT_FINITE ? event.index() : notFinite;
      }
    }
    if (given.motion() == ROTATE && number > 0) {
      turn(vectors, partners, angles(given.angle()));
    }
    return step(notFinite);
  }

  private Step step(int notFinite) {
    double[][] now = vectors;
    double[] point = new double[given.n()];
    if (given.motion() == ROTATE) {
      point = scaled(given.angle() * number, vectors[0]);
    } else if (given.motion() == JITTER) {
      double[] coordinates = random.doubles(given.n(), -1, 1).toArray();
      for (int i = 0; i < given.n(); i += 2) {
        add(coordinates[i], vectors[partners[i]], point);
      }
      now = copy(vectors);
      turn(now, partners, scaled(given.angle(), coordinates));
    }
    RealMatrix columns = MatrixUtils.createRealMatrix(now).transpose();
    double[] vector = vector(now);
    return new Step(
        number++, SymmetricMatrix.of(values.clone(), columns), point, vector, notFinite);
  }

  private void happen(GeneratedEvent event) {
    int n = given.n();
    switch (event.kind()) {
      case JUMP -> turn(vectors, matching(), angles(event.size()));
      case SCALE -> Arrays.setAll(values, i -> event.size() * values[i]);
      case FLIP -> Arrays.setAll(values, i -> -values[i]);
      case GROW -> {
        double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
        boolean outside = event.index() % 2 == 0 && given.pairs() < n;
        values[outside ? outside(event) : inside(event)] = event.size() * largest;
      }
      case CROSS -> {
        if (given.pairs() < n) {
          cross(inside(event), outside(event), Math.max(1, (int) event.size()));
        }
      }
      case TURN -> {
        if (given.pairs() < n) {
          int inside = inside(event);
          int outside = outside(event);
          int steps = Math.max(1, (int) event.size());
          start(steps, () -> turn(vectors[inside], vectors[outside], Math.PI / 2 / steps));
        }
      }
      case NOT_FINITE -> {}
    }
  }

  private void cross(int inside, int outside, int steps) {
    double change = (values[outside] - values[inside]) / steps;
    start(
        steps,
        () -> {
          values[inside] += change;
          values[outside] -= change;
        });
  }

  private void start(int steps, Runnable change) {
    change.run();
    if (steps > 1) {
      ongoing.add(new Ongoing(steps - 1, change));
    }
  }

  private int inside(GeneratedEvent event) {
    return order()[given.pairs() - 1 - event.index() % given.pairs()];
  }

  private int outside(GeneratedEvent event) {
    return order()[given.pairs() + event.index() % (given.n() - given.pairs())];
  }

  /** Slots in leading order. */
  private Integer[] order() {
    Integer[] order = new Integer[given.n()];
    Arrays.setAll(order, i -> i);
    Comparator<Integer> leading =
        Comparator.comparingDouble(
            i -> given.settings().which() == Which.LARGEST ? -values[i] : -Math.abs(values[i]));
    Arrays.sort(order, leading);
    return order;
  }

  /** Slots in random order, of which each two neighbours turn in their plane. */
  private Integer[] matching() {
    Integer[] slots = new Integer[given.n()];
    Arrays.setAll(slots, i -> i);
    Collections.shuffle(Arrays.asList(slots), random);
    return slots;
  }

  private double[] angles(double angle) {
    double[] angles = new double[given.n()];
    Arrays.fill(angles, angle);
    return angles;
  }

  private static void turn(double[][] vectors, Integer[] matching, double[] angles) {
    for (int i = 0; i + 1 < matching.length; i += 2) {
      turn(vectors[matching[i]], vectors[matching[i + 1]], angles[i]);
    }
  }

  private static void turn(double[] u, double[] v, double angle) {
    double cosine = Math.cos(angle);
    double sine = Math.sin(angle);
    for (int i = 0; i < u.length; i++) {
      double turned = cosine * u[i] + sine * v[i];
      v[i] = cosine * v[i] - sine * u[i];
      u[i] = turned;
    }
  }

  /** A gradient's part in each slot. */
  private double[] weights() {
    double[] drawn = new double[given.n()];
    Arrays.setAll(drawn, i -> random.nextGaussian() * (i < given.pairs() ? 1 : 0.1));
    return drawn;
  }

  private double[] vector(double[][] now) {
    Integer[] order = order();
    int n = given.n();
    int k = given.pairs();
    return switch (given.direction()) {
      case RANDOM -> fixed;
      case GRADIENT -> combined(now, weights);
      case NOISY -> combined(now, weights());
      case OUTSIDE -> {
        double[] drawn = weights();
        for (int i = 0; i < k; i++) {
          drawn[order[i]] = 0;
        }
        yield combined(now, drawn);
      }
      case LAST -> now[order[k - 1]].clone();
      case NEXT -> k < n ? now[nextSlot].clone() : new double[n];
      case ZERO -> new double[n];
    };
  }

  private static double[] combined(double[][] vectors, double[] weights) {
    double[] sum = new double[weights.length];
    for (int i = 0; i < weights.length; i++) {
      add(weights[i], vectors[i], sum);
    }
    return sum;
  }

  private static void add(double weight, double[] vector, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * vector[i];
    }
  }

  private static double[] scaled(double factor, double[] vector) {
    return Arrays.stream(vector).map(x -> factor * x).toArray();
  }

  private static double[][] copy(double[][] vectors) {
    return Arrays.stream(vectors).map(double[]::clone).toArray(double[][]::new);
  }
}
