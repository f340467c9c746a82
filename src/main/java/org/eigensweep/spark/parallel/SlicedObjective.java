package org.eigensweep.spark.parallel;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.broadcast.Broadcast;
import org.eigensweep.array.Device;
import org.eigensweep.array.Matrix;
import org.eigensweep.array.Scope;
import org.eigensweep.curvature.Evaluation;
import org.eigensweep.curvature.Linearization;
import org.eigensweep.curvature.Objective;
import org.eigensweep.spark.sliced.Contribution;
import org.eigensweep.spark.sliced.Exchange;
import org.eigensweep.spark.sliced.PartResult;
import org.eigensweep.spark.sliced.SlicedDevice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mean loss whose parameters, gradients and products lie in slices on the executors. Every pass
 * is one Spark job: the executors gather the vectors whole, pass their examples, and scatter the
 * partial sums.
 *
 * <p>Used by one thread of the driver.
 */
final class SlicedObjective implements Objective {
  private static final Logger LOG = LoggerFactory.getLogger(SlicedObjective.class);

  private final SlicedDevice device;
  private final int parameters;
  private final List<PartRange> cuts;
  private final Consumer<String> announcer;
  private final Broadcast<PartCache> cache;
  private final Exchange<Part> exchange;
  private long points;

  /**
   * Spreads a loss.
   *
   * @param device where the vectors are; stays the caller's
   * @param parameters n
   * @param set the examples, in parts
   * @param cuts where the parts lie
   * @param tools make the loss over a part
   * @param announcer told what each job is for, before it starts
   */
  SlicedObjective(
      SlicedDevice device,
      int parameters,
      TrainingSet set,
      List<PartRange> cuts,
      PartCache.Tools tools,
      Consumer<String> announcer) {
    this.device = device;
    this.parameters = parameters;
    this.cuts = List.copyOf(cuts);
    this.announcer = announcer;
    this.cache = set.spark().broadcast(new PartCache(tools));
    this.exchange = new Exchange<>(device, set.parts());
  }

  @Override
  public Device device() {
    return device;
  }

  @Override
  public int parameters() {
    return parameters;
  }

  @Override
  public int examples() {
    return cuts.get(cuts.size() - 1).to();
  }

  @Override
  public Evaluation evaluate(Matrix theta) {
    announcer.accept("evaluate");
    Broadcast<PartCache> at = cache; // a task must not capture this object
    return Mean.of(
            exchange.each(
                theta,
                (part, whole) -> new PartResult<>(null, at.value().at(part).evaluate(whole))))
        .evaluation();
  }

  @Override
  public Linearization linearize(Matrix theta) {
    announcer.accept("linearise");
    points++;
    return new Here(points, theta);
  }

  private final class Here implements Linearization {
    private final long version;
    private final Scope scope = device.open();
    private final Matrix gradient = scope.matrix(parameters, 1);
    private final Evaluation evaluation;

    Here(long version, Matrix theta) {
      this.version = version;
      Broadcast<PartCache> at = cache;
      try {
        this.evaluation =
            sum(
                    theta,
                    (part, whole) ->
                        share(
                            at.value().at(part).linearize(new LinearizationPoint(version, whole))),
                    examples(),
                    gradient)
                .evaluation();
      } catch (Throwable e) { // Spark throws checked exceptions that Scala does not declare
        close();
        throw e;
      }
    }

    @Override
    public Evaluation evaluation() {
      return evaluation;
    }

    @Override
    public Matrix gradient() {
      return gradient;
    }

    @Override
    public void hessianProduct(Matrix block, Matrix product) {
      multiply(Linearization::hessianProduct, version, block, product);
    }

    @Override
    public void gaussNewtonProduct(Matrix block, Matrix product) {
      multiply(Linearization::gaussNewtonProduct, version, block, product);
    }

    @Override
    public void close() {
      scope.close();
    }
  }

  private void multiply(CurvatureProduct matrix, long version, Matrix block, Matrix product) {
    announcer.accept(CurvatureProduct.purpose(block.columns()));
    Broadcast<PartCache> at = cache;
    sum(
        block,
        (part, whole) -> share(at.value().at(part).product(version, whole, matrix)),
        examples(),
        product);
  }

  @Override
  public double minibatchGradient(Matrix theta, int[] examples, Matrix gradient) {
    announcer.accept("mini-batch");
    Broadcast<PartCache> at = cache;
    List<PartRange> where = cuts;
    return sum(
            theta,
            (part, whole) -> {
              int[] own = within(where.get(part.index()), examples);
              return own.length == 0
                  ? new PartResult<>(null, PartialSum.ofNothing())
                  : share(at.value().at(part).minibatch(whole, own));
            },
            examples.length,
            gradient)
        .evaluation()
        .loss();
  }

  /** Those examples that lie in a part, counted from its first. */
  private static int[] within(PartRange cut, int[] examples) {
    return Arrays.stream(examples)
        .filter(i -> i >= cut.from() && i < cut.to())
        .map(i -> i - cut.from())
        .toArray();
  }

  private static PartResult<PartialSum> share(PartialSum sum) {
    return new PartResult<>(sum.vectors(), sum.withoutVectors());
  }

  private Mean sum(Matrix in, Contribution<Part, PartialSum> work, int examples, Matrix out) {
    return Mean.of(exchange.sum(in, work, 1.0 / examples, out));
  }

  @Override
  public void close() {
    if (exchange.exchanged().vectors() > 0) {
      LOG.info("over {} examples: {}", examples(), exchange.exchanged());
    }
    cache.destroy();
  }
}
