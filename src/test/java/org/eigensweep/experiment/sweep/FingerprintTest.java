package org.eigensweep.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eigensweep.array.Precision;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;
import org.eigensweep.experiment.sweep.Method.StateAtSwitch;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.FileBlueprint;
import org.eigensweep.network.PresetBlueprint;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Schedule;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private static final Mlp MLP = new Mlp(List.of(8, 4), Activation.TANH, Initialization.PYTORCH);
  private static final PassSettings PASSES = new PassSettings(16L << 20, 1L << 30, 1000);
  private static final WarmUp NO_WARM_UP = new WarmUp(0, 1, 2);
  private static final SwitchRule SWITCH = new SwitchRule.OnAlignment(0.9, 0.95);
  private static final SolverSettings SOLVER = new SolverSettings(5, 1e-3, Which.LARGEST, 100);
  private static final Trial TRIAL = new Trial(0.1, 3, 2, Continuation.BULK);
  private static final Split DATA = data("aa", "bb");
  private static final Protocol PROTOCOL = protocol(NO_WARM_UP, SWITCH, SOLVER);

  private static Split data(String train, String test) {
    return new Split(
        new Dataset("here", InputShape.vector(1), 2, new float[] {1}, new int[] {0}, train),
        new Dataset("there", InputShape.vector(1), 2, new float[] {2}, new int[] {1}, test));
  }

  private static NetworkProblem problem(Model model, PassSettings passes, Split data) {
    return new NetworkProblem(
        new NetworkSettings(model, Loss.MSE, 0, Precision.FLOAT32, passes), data);
  }

  private static NetworkProblem problem(Model model) {
    return problem(model, PASSES, DATA);
  }

  private static Protocol protocol(WarmUp warmUp, SwitchRule switchRule, SolverSettings solver) {
    return new Protocol(
        new TrainingPlan(OptimizerSettings.SGD, warmUp, new Batches.Shuffled(50), 100, switchRule),
        new Following(solver, 1e-3, 10));
  }

  private static String hash(SweepProblem problem) {
    return Fingerprint.of(PROTOCOL, problem, TRIAL).hash();
  }

  private static Protocol protocol(Measuring measuring) {
    return new Protocol(PROTOCOL.plan(), new Following(SOLVER, 1e-3, measuring));
  }

  private static String hash(Protocol protocol) {
    return Fingerprint.of(protocol, problem(MLP), TRIAL).hash();
  }

  /** Tables that were written must be found again by later versions: this may never change. */
  @Test
  void staysAsItIs() {
    assertThat(Fingerprint.of(PROTOCOL, problem(MLP), TRIAL).parts())
        .hasToString(
            "{branch=bulk a=0.0 b=1.0, data.test=bb, data.train=aa, eigenspace.error=0.001,"
                + " eigenspace.max-products=100, eigenspace.pairs=5, eigenspace.tolerance=0.001,"
                + " eigenspace.which=largest, l2=0.0, learning-rate=0.1, loss=mse,"
                + " measure.every=10, model=mlp hidden=8,4 activation=tanh initialization=pytorch,"
                + " precision=float32, rank=2, seed=3, training.batch-size=50,"
                + " training.optimizer=sgd, training.steps=100,"
                + " training.switch=alignment ema=0.9 above=0.95}");
    assertThat(hash(problem(MLP))).isEqualTo("2873ff4b0abb");
  }

  /** Whoever adds a component decides whether it fixes numbers, and says so in Fingerprint. */
  @Test
  void knowsEveryComponentOfWhatTrialsShare() {
    assertThat(components(Protocol.class)).containsExactly("plan", "following");
    assertThat(components(NetworkSettings.class))
        .containsExactly("blueprint", "precision", "passes");
    assertThat(components(PresetBlueprint.class))
        .containsExactly("model", "lossKind", "coefficient");
    assertThat(components(FileBlueprint.class))
        .containsExactly(
            "configuration",
            "digest",
            "layers",
            "parameters",
            "couplesExamples",
            "loss",
            "l2",
            "weights");
    assertThat(components(TrainingPlan.class))
        .containsExactly(
            "openings", "optimizer", "schedule", "warmUp", "batches", "steps", "switchRule");
    assertThat(components(Following.class))
        .containsExactly("eigenspace", "error", "measuring", "keptSteps");
    assertThat(components(Measuring.class))
        .containsExactly(
            "every",
            "eigenspaceEvery",
            "lossChange",
            "overlaps",
            "plainDistance",
            "noiseBatches",
            "spectrum");
    assertThat(components(PassSettings.class))
        .containsExactly("chunkBytes", "keptBytes", "batchNormExamples");
    assertThat(components(SolverSettings.class))
        .containsExactly("pairs", "tolerance", "which", "maxProducts");
    assertThat(components(WarmUp.class)).containsExactly("steps", "averagingFrequency", "workers");
    assertThat(components(Trial.class))
        .containsExactly("learningRate", "batches", "seed", "rank", "branch");
    assertThat(components(Continuation.class)).containsExactly("name", "rule", "method");
    assertThat(components(UpdateRule.class)).containsExactly("dominant", "bulk");
    assertThat(components(Method.Own.class)).containsExactly("recipe", "state");
    assertThat(components(Opening.class)).containsExactly("recipe", "steps");
    assertThat(components(Recipe.class))
        .containsExactly("optimizer", "batches", "learningRate", "schedule");
    assertThat(components(OptimizerSettings.class)).containsExactly("kind", "values", "sam");
  }

  /** To keep more of a trial makes it no other one. */
  @Test
  void knowsNothingOfWhatIsKept() {
    Following all = PROTOCOL.following();
    Following keeping =
        new Following(all.eigenspace(), all.error(), all.measuring(), List.of(0, 5));
    Protocol same = new Protocol(PROTOCOL.plan(), keeping);
    assertThat(Fingerprint.of(same, problem(MLP), TRIAL))
        .isEqualTo(Fingerprint.of(PROTOCOL, problem(MLP), TRIAL));
  }

  private static Measuring sparse(int every, int eigenspaceEvery) {
    return new Measuring(
        every,
        eigenspaceEvery,
        LossChange.PARTIAL,
        List.of(),
        PlainDistance.OFF,
        0,
        SpectrumPoints.NONE);
  }

  private static List<String> components(Class<? extends Record> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  @Test
  void differsWithEverythingThatFixesNumbers() {
    Mlp relu = new Mlp(List.of(8, 4), Activation.RELU, Initialization.PYTORCH);
    Mlp wider = new Mlp(List.of(84), Activation.TANH, Initialization.PYTORCH);
    List<Protocol> protocols = new ArrayList<>(List.of(PROTOCOL));
    protocols.add(protocol(new WarmUp(4, 2, 2), SWITCH, SOLVER));
    protocols.add(protocol(new WarmUp(4, 1, 2), SWITCH, SOLVER));
    protocols.add(protocol(NO_WARM_UP, new SwitchRule.AtStep(9), SOLVER));
    protocols.add(protocol(NO_WARM_UP, SWITCH, new SolverSettings(5, 1e-4, Which.LARGEST, 100)));
    protocols.add(protocol(Measuring.every(5)));
    protocols.add(protocol(sparse(5, 10)));
    protocols.add(protocol(sparse(10, 20)));
    protocols.add(protocol(new Measuring(10, LossChange.FULL, List.of(), 0)));
    protocols.add(protocol(new Measuring(10, LossChange.PARTIAL, List.of(10), 0)));
    protocols.add(protocol(new Measuring(10, LossChange.PARTIAL, List.of(1, 10), 0)));
    protocols.add(protocol(new Measuring(10, LossChange.PARTIAL, List.of(), 2)));
    protocols.add(protocol(new Measuring(10, LossChange.PARTIAL, List.of(), PlainDistance.ON, 0)));
    for (SpectrumPoints spectrum :
        List.of(
            new SpectrumPoints(List.of(10), 0, 60, 4, 40, LayerSpectra.OFF),
            new SpectrumPoints(List.of(10, 20), 0, 60, 4, 40, LayerSpectra.OFF),
            new SpectrumPoints(List.of(10), 20, 60, 4, 40, LayerSpectra.OFF),
            new SpectrumPoints(List.of(10), 0, 61, 4, 40, LayerSpectra.OFF),
            new SpectrumPoints(List.of(10), 0, 60, 5, 40, LayerSpectra.OFF),
            new SpectrumPoints(List.of(10), 0, 60, 4, 41, LayerSpectra.OFF),
            new SpectrumPoints(List.of(10), 0, 60, 4, 40, LayerSpectra.ON))) {
      protocols.add(
          protocol(
              new Measuring(10, LossChange.PARTIAL, List.of(), PlainDistance.OFF, 0, spectrum)));
    }
    List<String> hashes = new ArrayList<>(protocols.stream().map(FingerprintTest::hash).toList());
    hashes.add(hash(problem(relu)));
    hashes.add(hash(problem(wider)));
    for (Trial other :
        List.of(
            new Trial(0.2, 3, 2, Continuation.BULK),
            new Trial(0.1, 4, 2, Continuation.BULK),
            new Trial(0.1, 3, 3, Continuation.BULK),
            new Trial(0.1, 3, 2, Continuation.PLAIN),
            new Trial(0.1, 3, 2, Continuation.asTrunk("bulk", new UpdateRule(0.5, 1))))) {
      hashes.add(hash(PROTOCOL, other));
    }
    for (Recipe recipe : recipes()) {
      for (StateAtSwitch state : StateAtSwitch.values()) {
        Method method = new Method.Own(recipe, state);
        Continuation branch = new Continuation("bulk", UpdateRule.BULK, method);
        hashes.add(hash(PROTOCOL, new Trial(0.1, 3, 2, branch)));
      }
      hashes.add(hash(opened(new Opening(recipe, 5)), TRIAL));
    }
    Opening opening = new Opening(recipes().get(0), 5);
    hashes.add(hash(opened(new Opening(recipes().get(0), 6)), TRIAL));
    hashes.add(hash(opened(opening, opening), TRIAL));
    hashes.add(hash(scheduled(new Schedule.Cosine(0)), TRIAL));
    hashes.add(hash(scheduled(new Schedule.Cosine(0.5)), TRIAL));
    hashes.add(hash(problem(MLP, PASSES, data("ab", "bb"))));
    hashes.add(hash(problem(MLP, PASSES, data("aa", "bc"))));
    assertThat(hashes).doesNotHaveDuplicates().allMatch(hash -> hash.matches("[0-9a-f]{12}"));
  }

  private static List<Recipe> recipes() {
    Setting<Batches> planned = Setting.inherited();
    Setting<Batches> full = Setting.of(new Batches.Full());
    Setting<Double> trials = Setting.inherited();
    OptimizerSettings other = new OptimizerSettings("other", new TreeMap<>(Map.of("beta", 0.5)));
    OptimizerSettings slower = new OptimizerSettings("other", new TreeMap<>(Map.of("beta", 0.25)));
    Setting<Schedule> plans = Setting.inherited();
    Schedule cosine = new Schedule.Cosine(0);
    return List.of(
        Recipe.of(OptimizerSettings.SGD),
        Recipe.of(OptimizerSettings.SGD.withSam(0.1)),
        Recipe.of(other),
        Recipe.of(slower),
        new Recipe(OptimizerSettings.SGD, full, trials, plans),
        new Recipe(OptimizerSettings.SGD, planned, Setting.of(0.1), plans),
        new Recipe(OptimizerSettings.SGD, planned, trials, Setting.of(cosine)));
  }

  private static Protocol opened(Opening... openings) {
    TrainingPlan plan = PROTOCOL.plan();
    TrainingPlan opened =
        new TrainingPlan(
            List.of(openings),
            plan.optimizer(),
            plan.schedule(),
            plan.warmUp(),
            plan.batches(),
            plan.steps(),
            plan.switchRule());
    return new Protocol(opened, PROTOCOL.following());
  }

  private static Protocol scheduled(Schedule schedule) {
    TrainingPlan plan = PROTOCOL.plan();
    TrainingPlan scheduled =
        new TrainingPlan(
            plan.openings(),
            plan.optimizer(),
            schedule,
            plan.warmUp(),
            plan.batches(),
            plan.steps(),
            plan.switchRule());
    return new Protocol(scheduled, PROTOCOL.following());
  }

  private static String hash(Protocol protocol, Trial trial) {
    return Fingerprint.of(protocol, problem(MLP), trial).hash();
  }

  /** A trial has one value, whether its batch size is the plan's or one of an axis. */
  @Test
  void isTheSameWhereverTheBatchSizeWasWritten() {
    Setting<Batches> same = Setting.of(new Batches.Shuffled(50));
    Setting<Batches> other = Setting.of(new Batches.Shuffled(51));
    Trial named = new Trial(0.1, same, 3, 2, Continuation.BULK);
    assertThat(hash(PROTOCOL, named)).isEqualTo(hash(PROTOCOL));
    assertThat(named.id()).isEqualTo("lr0.1-batch50-seed3-rank2-bulk");
    assertThat(hash(PROTOCOL, new Trial(0.1, other, 3, 2, Continuation.BULK)))
        .isNotEqualTo(hash(PROTOCOL));
  }

  @Test
  void isTheSameWhateverTheMemoryUnlessExamplesAreCoupled() {
    PassSettings less = new PassSettings(1L << 20, 0, 100);
    assertThat(hash(problem(MLP, less, DATA))).isEqualTo(hash(problem(MLP)));
    Cnn coupled =
        new Cnn(4, Pooling.MAX, Normalization.BATCH, Activation.RELU, Initialization.PYTORCH);
    assertThat(hash(problem(coupled, less, DATA))).isNotEqualTo(hash(problem(coupled)));
  }

  @Test
  void ofATrunkIsOneForAllRanksAndRules() {
    Trunk trunk = new Trunk(0.1, 3, List.of(2), List.of(Continuation.BULK));
    Trunk more = new Trunk(0.1, 3, List.of(2, 4), List.of(Continuation.PLAIN));
    assertThat(Fingerprint.of(PROTOCOL, problem(MLP), trunk))
        .isEqualTo(Fingerprint.of(PROTOCOL, problem(MLP), more));
  }
}
