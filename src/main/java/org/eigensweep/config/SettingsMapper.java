package org.eigensweep.config;

import java.util.List;
import org.eigensweep.array.Precision;
import org.eigensweep.data.DataSource;
import org.eigensweep.experiment.spectrum.SpectrumRequest;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.Opening;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Model;
import org.eigensweep.training.OptimizerSettings;

/** Combines the sections, and passes to each the limits that others set for it. */
final class SettingsMapper {
  private SettingsMapper() {}

  static Settings map(Node root, String resolved) {
    DataSource data = DataSection.read(root.child("data"));
    Model model = ModelSection.read(root.child("model"), data);
    Protocol protocol = protocol(root, data, model);
    Node grid = root.child("sweep");
    Sweep sweep =
        new Sweep(
            text(root.child("name"), "a name"),
            new NetworkSource(network(root, model), data),
            protocol,
            SweepSection.learningRates(grid),
            SweepSection.batchSizes(grid, data.trainExamples()),
            SweepSection.seeds(grid),
            SweepSection.ranks(
                grid,
                protocol.following().eigenspace().pairs(),
                model.parameters(data.shape(), data.classes())),
            branches(root.child("training"), protocol.plan(), data));
    return new Settings(
        sweep,
        PlacementSection.read(root.child("spark"), root.child("model")),
        root.child("checkpoint").child("every").duration(),
        output(root),
        resolved);
  }

  static SpectrumSettings spectrum(Node root, String resolved) {
    Node section = root.child("spectrum");
    return new SpectrumSettings(
        DataSection.read(root.child("data")),
        precision(root.child("model")),
        passes(root.child("curvature"), root.child("model")),
        new SpectrumRequest(
            EigenspaceSection.read(root.child("eigenspace")),
            section.child("trace-products").integerOfAtLeast(2),
            section.child("density-vectors").integerOfAtLeast(1),
            section.child("density-steps").integerOfAtLeast(1),
            section.child("seed").integer()),
        output(root),
        resolved);
  }

  private static List<Continuation> branches(Node training, TrainingPlan plan, DataSource data) {
    var recipes = new RecipeSection(plan.optimizer(), data.trainExamples());
    return new BranchSection(recipes, plan.steps() - plan.earliestSwitch()).read(training);
  }

  private static Protocol protocol(Node root, DataSource data, Model model) {
    Node training = root.child("training");
    Node eigenspace = root.child("eigenspace");
    int steps = training.child("steps").integerOfAtLeast(1);
    OptimizerSettings optimizer = TrainingSection.optimizer(training);
    List<Opening> openings =
        PhaseSection.read(training, new RecipeSection(optimizer, data.trainExamples()), steps);
    SolverSettings solver =
        EigenspaceSection.read(eigenspace, model.parameters(data.shape(), data.classes()));
    return new Protocol(
        new TrainingPlan(
            openings,
            optimizer,
            ScheduleSection.read(training.child("schedule"), steps),
            TrainingSection.warmUp(training, data.trainExamples()),
            TrainingSection.batches(training.child("batch-size"), data.trainExamples()),
            steps,
            TrainingSection.switchRule(
                training, openings.stream().mapToInt(Opening::steps).sum(), steps)),
        new Following(
            solver,
            eigenspace.child("error").number("a number from 0 to below 1", x -> x >= 0 && x < 1),
            root.child("measure").child("every").integerOfAtLeast(1)));
  }

  private static NetworkSettings network(Node root, Model model) {
    return new NetworkSettings(
        model,
        root.child("loss").word(Words.of(Loss.class)),
        root.child("l2").number("a number of at least 0", x -> x >= 0),
        precision(root.child("model")),
        passes(root.child("curvature"), root.child("model")));
  }

  private static PassSettings passes(Node curvature, Node model) {
    return new PassSettings(
        curvature.child("chunk").bytesOfAtLeast(1),
        curvature.child("keep").bytesOfAtLeast(0),
        model.child("batch-norm-examples").integerOfAtLeast(1));
  }

  private static Precision precision(Node model) {
    return model.child("precision").word(Words.of(Precision.class));
  }

  private static String output(Node root) {
    return text(root.child("output"), "a folder");
  }

  private static String text(Node node, String expected) {
    return node.text().orElseThrow(() -> node.refuse(expected));
  }
}
