package org.eigensweep.config;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.Opening;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.OptimizerSettings;

/** Combines the sections, and passes to each the limits that others set for it. */
final class SettingsMapper {
  private SettingsMapper() {}

  static Settings map(Node root, String resolved, Configuration hadoop) {
    ProblemSection problem = ProblemSection.read(root, hadoop);
    Protocol protocol = protocol(root, problem.size());
    Node grid = root.child("sweep");
    Sweep sweep =
        new Sweep(
            text(root.child("name"), "a name"),
            problem.source(),
            protocol,
            SweepSection.learningRates(grid),
            SweepSection.batchSizes(grid, BatchSection.of(root.child("training"), problem.size())),
            SweepSection.seeds(grid),
            SweepSection.ranks(grid, protocol.following().eigenspace().pairs(), problem.size()),
            branches(root.child("training"), protocol.plan(), problem.size()));
    return new Settings(
        sweep,
        PlacementSection.read(
            root.child("spark"),
            problem.source(),
            protocol.following().measuring().spectrum(),
            device(root)),
        root.child("checkpoint").child("every").duration(),
        output(root),
        resolved);
  }

  static SpectrumSettings spectrum(Node root, String resolved, Configuration hadoop) {
    Node section = root.child("spectrum");
    return new SpectrumSettings(
        DataSection.read(root.child("data"), hadoop),
        ProblemSection.precision(root.child("model")),
        device(root),
        ProblemSection.passes(root.child("curvature"), root.child("model")),
        new SpectrumRequest(
            EigenspaceSection.read(root.child("eigenspace")),
            section.child("trace-products").integerOfAtLeast(2),
            section.child("density-vectors").integerOfAtLeast(1),
            section.child("density-steps").integerOfAtLeast(1),
            section.child("seed").integer()),
        output(root),
        resolved);
  }

  private static DeviceChoice device(Node root) {
    return root.child("array").child("device").word(Words.of(DeviceChoice.class));
  }

  private static List<Continuation> branches(
      Node training, TrainingPlan plan, ProblemSize problem) {
    var recipes = new RecipeSection(plan.optimizer(), BatchSection.of(training, problem));
    return new BranchSection(recipes, plan.steps() - plan.earliestSwitch()).read(training);
  }

  private static Protocol protocol(Node root, ProblemSize problem) {
    Node eigenspace = root.child("eigenspace");
    BatchSizes sizes = BatchSizes.of(root, BatchSection.of(root.child("training"), problem));
    TrainingPlan plan = plan(root.child("training"), sizes, problem);
    return new Protocol(
        plan,
        new Following(
            EigenspaceSection.read(eigenspace, problem),
            eigenspace.child("error").number("a number from 0 to below 1", x -> x >= 0 && x < 1),
            MeasureSection.read(root.child("measure"), sizes, plan.steps()),
            MeasureSection.keptSteps(root.child("measure"), plan.steps())));
  }

  private static TrainingPlan plan(Node training, BatchSizes sizes, ProblemSize problem) {
    int steps = training.child("steps").integerOfAtLeast(1);
    OptimizerSettings optimizer = TrainingSection.optimizer(training);
    BatchSection batches = BatchSection.of(training, problem);
    List<Opening> openings =
        PhaseSection.read(training, new RecipeSection(optimizer, batches), steps);
    return new TrainingPlan(
        openings,
        optimizer,
        ScheduleSection.read(training.child("schedule"), steps),
        TrainingSection.warmUp(training, sizes, problem.examples()),
        batches.read(training.child("batch-size")),
        steps,
        TrainingSection.switchRule(
            training, openings.stream().mapToInt(Opening::steps).sum(), steps));
  }

  private static String output(Node root) {
    return text(root.child("output"), "a folder");
  }

  private static String text(Node node, String expected) {
    return node.text().orElseThrow(() -> node.refuse(expected));
  }
}
