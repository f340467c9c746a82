package org.eigensweep.spark.run;

import org.apache.spark.api.java.JavaSparkContext;
import org.eigensweep.array.HostMatrix;
import org.eigensweep.data.Dataset;
import org.eigensweep.experiment.sweep.NetworkProblem;
import org.eigensweep.experiment.sweep.Problem;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.experiment.walk.TrunkStart;
import org.eigensweep.network.Dl4jNetwork;
import org.eigensweep.spark.dl4j.ParameterAveraging;

/**
 * Where the trunks of a sweep start: at random parameters, or where a warm-up of these ends.
 *
 * @param spark runs the jobs of a warm-up
 * @param plan how they are trained
 * @param problem what is trained
 */
record TrunkStarts(JavaSparkContext spark, TrainingPlan plan, Problem problem) {
  /** The start of a trunk; runs its warm-up, in jobs of the calling thread. */
  TrunkStart of(Trunk trunk) {
    return plan.warmUp().steps() == 0
        ? new TrunkStart.Drawn()
        : new TrunkStart.Given(warmedUp(trunk));
  }

  private HostMatrix warmedUp(Trunk trunk) {
    WarmUp warmUp = plan.warmUp();
    JobNames names = new JobNames(spark);
    names.enter(trunk, trunk.id(), "warm-up of " + trunk.id());
    NetworkProblem network = NetworkProblem.of(problem, "a warm-up by DL4J");
    Dataset train = network.data().train();
    int batchSize = trunk.batches().or(plan.batches()).size(train.examples());
    var averaging =
        new ParameterAveraging(warmUp.workers(), batchSize, warmUp.averagingFrequency());
    return averaging.train(
        spark,
        Dl4jNetwork.of(network.network()),
        train,
        network.start(trunk.seed()).whole(),
        trunk.learningRate(),
        warmUp.steps(),
        warmUp.batches(trunk.seed(), train.examples(), batchSize));
  }
}
