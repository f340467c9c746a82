package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.array.Precision;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.cifar10.Cifar10Files;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.data.mnist.MnistFiles;
import org.eigensweep.data.sst2.Sst2Files;
import org.eigensweep.data.sst2.VocabularySource;
import org.eigensweep.experiment.sweep.Batches;
import org.eigensweep.experiment.sweep.Continuation;
import org.eigensweep.experiment.sweep.Following;
import org.eigensweep.experiment.sweep.LayerSpectra;
import org.eigensweep.experiment.sweep.Leg;
import org.eigensweep.experiment.sweep.LossChange;
import org.eigensweep.experiment.sweep.Measuring;
import org.eigensweep.experiment.sweep.Method;
import org.eigensweep.experiment.sweep.Method.StateAtSwitch;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.experiment.sweep.PlainDistance;
import org.eigensweep.experiment.sweep.Protocol;
import org.eigensweep.experiment.sweep.Recipe;
import org.eigensweep.experiment.sweep.Setting;
import org.eigensweep.experiment.sweep.SpectrumPoints;
import org.eigensweep.experiment.sweep.Sweep;
import org.eigensweep.experiment.sweep.SwitchRule;
import org.eigensweep.experiment.sweep.TrainingPlan;
import org.eigensweep.experiment.sweep.Trial;
import org.eigensweep.experiment.sweep.Trunk;
import org.eigensweep.experiment.sweep.WarmUp;
import org.eigensweep.linalg.SolverSettings;
import org.eigensweep.linalg.Which;
import org.eigensweep.network.PresetBlueprint;
import org.eigensweep.network.pass.PassSettings;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Transformer;
import org.eigensweep.network.preset.Vgg11;
import org.eigensweep.spark.parallel.Reduction;
import org.eigensweep.spark.parallel.VectorPlacement;
import org.eigensweep.spark.run.Placement;
import org.eigensweep.spark.task.DeviceChoice;
import org.eigensweep.training.OptimizerSettings;
import org.eigensweep.training.Schedule;
import org.eigensweep.training.UpdateRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final Path CONF = Path.of("conf");
  private static final List<Continuation> RULES =
      List.of(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK);

  @TempDir private Path folder;

  private static PresetBlueprint preset(NetworkSource source) {
    return (PresetBlueprint) source.settings().blueprint();
  }

  private static NetworkSource network(Sweep sweep) {
    return (NetworkSource) sweep.problem();
  }

  @Test
  void everyDefaultComesFromTheReference() {
    Protocol protocol =
        new Protocol(
            new TrainingPlan(
                OptimizerSettings.SGD,
                new WarmUp(0, 1, 2),
                new Batches.Shuffled(50),
                3000,
                new SwitchRule.OnAlignment(0.9, 0.95)),
            new Following(new SolverSettings(10, 1e-3, Which.LARGEST, 2000), 1e-3, 10));
    Settings settings = read("");
    assertThat(settings.sweep())
        .isEqualTo(
            new Sweep(
                "sweep",
                new NetworkSource(
                    new NetworkSettings(
                        new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH),
                        Loss.MSE,
                        0,
                        Precision.FLOAT32,
                        new PassSettings(
                            PassSettings.AS_THE_DEVICE_LIKES, PassSettings.WHAT_FITS, 1000)),
                    new GeneratedDigits(1000, 1000, 0)),
                protocol,
                List.of(0.01),
                List.of(0L),
                List.of(10),
                RULES));
    assertThat(settings.placement()).isEqualTo(new Placement.TrialPerTask(DeviceChoice.AUTO));
    assertThat(settings.checkpoints()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.output()).isEqualTo("results/sweep");
  }

  /** Which the placement of the next test has no room for. */
  @Test
  void everyKeyOfAWholeSpectrumReachesItsRecord() {
    assertThat(
            read("eigensweep.measure { every = 2, spectrum { steps = [30, 4], every = 6,"
                    + " trace-products = 7, density-vectors = 8, density-steps = 9, layers = on } }")
                .sweep()
                .protocol()
                .following()
                .measuring()
                .spectrum())
        .isEqualTo(new SpectrumPoints(List.of(4, 30), 6, 7, 8, 9, LayerSpectra.ON));
  }

  @Test
  void everyKeyReachesItsRecord() {
    Protocol protocol =
        new Protocol(
            new TrainingPlan(
                OptimizerSettings.SGD,
                new WarmUp(6, 3, 1),
                new Batches.Shuffled(7),
                30,
                new SwitchRule.AtStep(30)),
            new Following(
                new SolverSettings(4, 0.5, Which.MAGNITUDE, 4),
                0.03,
                new Measuring(
                    2,
                    6,
                    LossChange.FULL,
                    List.of(1, 30),
                    PlainDistance.OFF,
                    5,
                    SpectrumPoints.NONE)));
    Settings settings =
        read(
            """
            eigensweep {
              name = 007
              data { kind = mnist, dir = "hdfs://host/mnist", train-examples = 8, test-examples = 9 }
              model { hidden = [], activation = identity, batch-norm-examples = 77, initialization = xavier, precision = float64 }
              loss = cross-entropy
              l2 = 0.25
              training { batch-size = 7, steps = "30", rules = [bulk], switch { on = step, step = 30 }, warm-up { steps = 6, averaging-frequency = 3, workers = 1 } }
              eigenspace { pairs = 4, tolerance = 0.5, which = magnitude, max-products = 4, error = 0.03 }
              curvature { chunk = 1.5MB, keep = 0 }
              checkpoint { every = 90s }
              measure { every = 2, eigenspace-every = 6, loss-change = full, overlaps = [30, 1], noise-batches = 5 }
              sweep { learning-rates = [1, 2e-1], seeds = [-1, 9223372036854775807], ranks = [4, 1] }
              spark { placement = data-parallel, partitions = 3, reduction = tree, vectors = sliced }
            }
            """);
    assertThat(settings.sweep())
        .isEqualTo(
            new Sweep(
                "007",
                new NetworkSource(
                    new NetworkSettings(
                        new Mlp(List.of(), Activation.IDENTITY, Initialization.XAVIER),
                        Loss.CROSS_ENTROPY,
                        0.25,
                        Precision.FLOAT64,
                        new PassSettings(1_500_000, 0, 77)),
                    new MnistFiles("hdfs://host/mnist", 8, 9)),
                protocol,
                List.of(1.0, 0.2),
                List.of(-1L, Long.MAX_VALUE),
                List.of(4, 1),
                List.of(Continuation.BULK)));
    assertThat(settings.checkpoints()).isEqualTo(Duration.ofSeconds(90));
    assertThat(settings.placement())
        .isEqualTo(
            new Placement.DataParallel(
                3, Reduction.TREE, VectorPlacement.SLICED, DeviceChoice.AUTO));
    assertThat(settings.output()).isEqualTo("results/007");
  }

  @Test
  void aCnnHasKeysOfItsOwn() {
    Settings settings =
        read(
            """
            eigensweep.model { kind = cnn, width = 8, pooling = average, normalization = batch, activation = relu }
            """);
    assertThat(preset(network(settings.sweep())).model())
        .isEqualTo(
            new Cnn(
                8, Pooling.AVERAGE, Normalization.BATCH, Activation.RELU, Initialization.PYTORCH));
    assertThat(preset(network(read("eigensweep.model.kind = cnn").sweep())).model())
        .isEqualTo(
            new Cnn(32, Pooling.MAX, Normalization.NONE, Activation.TANH, Initialization.PYTORCH));
  }

  @Test
  void theTransformerReachesItsRecordWithTheDatasVocabulary() {
    assertThat(
            preset(
                    network(
                        read("""
                    eigensweep.data { kind = sst2, dir = d, vocabulary-size = 99, test-examples = 872 }
                    eigensweep.model { kind = transformer, heads = 4, layers = 1, activation = relu }
                    """)
                            .sweep()))
                .model())
        .isEqualTo(new Transformer(99, 64, 4, 2048, 1, Activation.RELU, Initialization.PYTORCH));
  }

  @Test
  void vggHasItsWidthsBuiltIn() {
    Settings settings =
        read(
            """
            eigensweep { data { kind = cifar10, dir = d }
                         model { kind = vgg11, normalization = batch, initialization = xavier } }
            """);
    assertThat(preset(network(settings.sweep())).model())
        .isEqualTo(new Vgg11(64, Normalization.BATCH, Activation.TANH, Initialization.XAVIER));
  }

  @Test
  void commandLineOverSystemPropertiesOverFileOverReference() {
    Path file =
        SettingsFiles.write(
            folder,
            "eigensweep { name = file, measure.every = 2, training { steps = 2, batch-size = 2 } }");
    Properties system = new Properties();
    system.setProperty("eigensweep.training.steps", "3");
    system.setProperty("eigensweep.training.batch-size", "3");
    system.setProperty("other.training.steps", "99");
    Settings settings =
        SettingsReader.read(
            file,
            List.of(
                Assignment.parse("-D", "training.batch-size=4"),
                Assignment.parse("--set", "eigensweep.training.batch-size=5"),
                Assignment.parse("--set", "name=command=line")),
            system,
            new Configuration());
    Protocol protocol = settings.sweep().protocol();
    assertThat(protocol.following().error()).isEqualTo(1e-3);
    assertThat(protocol.following().measuring().every()).isEqualTo(2);
    assertThat(protocol.following().measuring().eigenspaceEvery())
        .as("follows every, which the file sets")
        .isEqualTo(2);
    assertThat(protocol.plan().steps()).isEqualTo(3);
    assertThat(protocol.plan().batches()).isEqualTo(new Batches.Shuffled(5));
    // Substitutions see what won.
    assertThat(settings.output()).isEqualTo("results/command=line");
  }

  @Test
  void overridesMayBePathsListsAndQuotedStrings() {
    Settings settings =
        SettingsFiles.read(
            SettingsFiles.write(folder, "eigensweep.data.kind = mnist"),
            Assignment.parse("--set", "data.dir=s3a://bucket/a b#c"),
            Assignment.parse("--set", "sweep.ranks=[2, 3]"),
            Assignment.parse("--set", "output=\"x y\""));
    assertThat(network(settings.sweep()).data())
        .isEqualTo(new MnistFiles("s3a://bucket/a b#c", 1000, 1000));
    assertThat(settings.sweep().ranks()).containsExactly(2, 3);
    assertThat(settings.output()).isEqualTo("x y");
  }

  @Test
  void everyKindOfDataReachesItsRecord() {
    assertThat(data("kind = cifar10, dir = d, train-examples = 80, test-examples = 9"))
        .isEqualTo(new Cifar10Files("d", 80, 9));
    assertThat(data("kind = sst2, dir = d, test-examples = 872"))
        .isEqualTo(new Sst2Files("d", 1000, 872, 56, new VocabularySource.Built(30522)));
    assertThat(data("kind = sst2, dir = d, max-length = 66, vocabulary = v, vocabulary-size = 99"))
        .isEqualTo(new Sst2Files("d", 1000, 1000, 66, new VocabularySource.Listed("v", 99)));
  }

  private DataSource data(String section) {
    return network(read("eigensweep.data { %s }".formatted(section)).sweep()).data();
  }

  @Test
  void resolvedSettingsAreOneLineOfJsonThatReadsBack() {
    Settings settings = read("eigensweep { name = there, measure.every = 3 }");
    assertThat(settings.resolved()).doesNotContain("\n").startsWith("{").contains("\"every\":3");
    Settings again = read("eigensweep " + settings.resolved());
    assertThat(again).isEqualTo(settings);
  }

  @Test
  void aStepMayTakeAllExamples() {
    assertThat(
            SettingsFiles.read(
                    CONF.resolve("quickstart.conf"),
                    Assignment.parse("--set", "training.batch-size=full"))
                .sweep()
                .protocol()
                .plan()
                .batches())
        .isEqualTo(new Batches.Full());
  }

  @Test
  void branchesFollowTheRulesOrStandAlone() {
    String half = "training.branches=[{name = half, dominant = 0.5, bulk = 1}]";
    Continuation branch = Continuation.asTrunk("half", new UpdateRule(0.5, 1));
    Path file = CONF.resolve("quickstart.conf");
    assertThat(SettingsFiles.read(file, Assignment.parse("--set", half)).sweep().branches())
        .containsExactly(Continuation.PLAIN, Continuation.DOMINANT, Continuation.BULK, branch);
    assertThat(
            SettingsFiles.read(
                    file,
                    Assignment.parse("--set", half),
                    Assignment.parse("--set", "training.rules=[]"))
                .sweep()
                .branches())
        .containsExactly(branch);
  }

  private static Sweep quickstart(String... more) {
    Assignment[] all =
        Stream.of(more).map(text -> Assignment.parse("--set", text)).toArray(Assignment[]::new);
    return SettingsFiles.read(CONF.resolve("quickstart.conf"), all).sweep();
  }

  @Test
  void rulesMayBeAnyTwoFactors() {
    assertThat(quickstart("training.rules=[plain, [-1, 2.5]]").branches())
        .containsExactly(
            Continuation.PLAIN, Continuation.asTrunk("a-1.0-b2.5", new UpdateRule(-1, 2.5)));
  }

  @Test
  void branchesMayTrainInAnotherWay() {
    String gd = "training.branches=[{name = gd, batch-size = full, learning-rate = 0.5}]";
    String same = "training.branches=[{name = same, rule = bulk, optimizer = sgd}]";
    String anew = "training.branches=[{name = anew, rule = dominant, state = new}]";
    Recipe recipe =
        new Recipe(
            OptimizerSettings.SGD,
            Setting.of(new Batches.Full()),
            Setting.of(0.5),
            Setting.inherited());
    Recipe trunks = Recipe.of(OptimizerSettings.SGD);
    assertThat(quickstart("training.rules=[]", gd).branches())
        .containsExactly(
            new Continuation("gd", UpdateRule.PLAIN, new Method.Own(recipe, StateAtSwitch.KEPT)));
    assertThat(quickstart("training.rules=[]", same).branches())
        .containsExactly(Continuation.asTrunk("same", UpdateRule.BULK));
    assertThat(quickstart("training.rules=[]", anew).branches())
        .containsExactly(
            new Continuation(
                "anew", UpdateRule.DOMINANT, new Method.Own(trunks, StateAtSwitch.NEW)));
  }

  @Test
  void aBranchOfAnotherKindStartsAnewAndTakesOverTheRadius() {
    String adam =
        "training.branches=[{name = adam, rule = dominant, optimizer = { kind = adam, beta1 = 0.5 },"
            + " schedule = cosine}]";
    Continuation branch =
        quickstart("training.rules=[]", "training.sam=0.1", adam).branches().get(0);
    Method.Own own = (Method.Own) branch.method();
    assertThat(own.state()).isEqualTo(StateAtSwitch.NEW);
    assertThat(own.recipe().optimizer().description())
        .isEqualTo("adam beta1=0.5 beta2=0.999 epsilon=1.0E-8 sam=0.1");
    assertThat(own.recipe().schedule()).isEqualTo(Setting.of(new Schedule.Cosine(0)));
  }

  @Test
  void phasesComeBeforeWhatTheSwitchEnds() {
    String phases = "training.phases=[{steps = 30}, {steps = 20, batch-size = full}]";
    TrainingPlan plan = quickstart(phases, "training.switch.step=60").protocol().plan();
    assertThat(plan.trunkLegs()).extracting(Leg::start).containsExactly(0, 30, 50);
    assertThat(plan.trunkLegs()).extracting(Leg::end).containsExactly(30, 50, plan.steps());
    assertThat(plan.trunkLegs().get(1).recipe().batches())
        .isEqualTo(Setting.of(new Batches.Full()));
    assertThat(plan.earliestSwitch()).isEqualTo(60);
  }

  @Test
  void batchSizesAreAnAxis() {
    Sweep sweep = quickstart("sweep.batch-sizes=[5, full]");
    assertThat(sweep.trunks()).hasSize(8);
    assertThat(sweep.trunks()).extracting(Trunk::id).contains("lr0.05-batchfull-seed1");
    assertThat(sweep.trials()).extracting(Trial::id).doesNotHaveDuplicates().hasSize(24);
  }

  @Test
  void theQuickStartNeedsNothingButItsFile() {
    Sweep sweep = SettingsFiles.read(CONF.resolve("quickstart.conf")).sweep();
    assertThat(network(sweep).data()).isInstanceOf(GeneratedDigits.class);
    assertThat(sweep.trunks()).hasSize(4);
    assertThat(sweep.trials()).hasSize(12);
    assertThat(sweep.protocol().plan().switchRule()).isInstanceOf(SwitchRule.AtStep.class);
  }

  @Test
  void thePublishedExperimentIsThePapers() {
    Settings settings =
        SettingsFiles.read(
            CONF.resolve("paper/mnist-5k-sgd.conf"), Assignment.parse("--set", "data.dir=/mnist"));
    Sweep sweep = settings.sweep();
    assertThat(network(sweep).data()).isEqualTo(new MnistFiles("/mnist", 5000, 10000));
    assertThat(preset(network(sweep)).model().parameters(new InputShape(1, 28, 28), 10))
        .isEqualTo(199_210);
    assertThat(sweep.protocol().plan().switchRule())
        .isEqualTo(new SwitchRule.OnAlignment(0.9, 0.95));
    assertThat(sweep.branches()).isEqualTo(RULES);
    assertThat(settings.output()).isEqualTo("results/mnist-5k-sgd");
  }

  @Test
  void thePublishedCnnIsThePapers() {
    Sweep sweep =
        SettingsFiles.read(
                CONF.resolve("paper/cifar10-5k-sgd.conf"),
                Assignment.parse("--set", "data.dir=/cifar"))
            .sweep();
    assertThat(network(sweep).data()).isEqualTo(new Cifar10Files("/cifar", 5000, 10000));
    Protocol protocol = sweep.protocol();
    assertThat(preset(network(sweep)).model())
        .isEqualTo(
            new Cnn(32, Pooling.MAX, Normalization.NONE, Activation.RELU, Initialization.PYTORCH));
    assertThat(preset(network(sweep)).model().parameters(new InputShape(3, 32, 32), 10))
        .isEqualTo(30_634);
    assertThat(preset(network(sweep)).lossKind()).isEqualTo(Loss.MSE);
    assertThat(protocol.plan().batches()).isEqualTo(new Batches.Shuffled(50));
    assertThat(protocol.plan().steps()).isEqualTo(20_000);
    assertThat(sweep.learningRates()).containsExactly(0.001);
    assertThat(sweep.ranks()).containsExactly(10);
    assertThat(sweep.branches()).isEqualTo(RULES);
  }

  @Test
  void everyPublishedFileCanBeReadAndIsNamedAfterItsExperiment() throws IOException {
    assertThat(names(CONF.resolve("paper"))).hasSizeGreaterThan(10);
    for (String name : names(CONF.resolve("paper"))) {
      assertThat(nameIn(CONF.resolve("paper").resolve(name + ".conf"))).isEqualTo(name);
    }
  }

  @Test
  void everyPublishedExperimentHasASmallTwin() throws IOException {
    List<String> twins = names(CONF.resolve("paper/small"));
    twins.remove("mnist-500"); // the sizes that they share
    for (String name : twins) {
      assertThat(nameIn(CONF.resolve("paper/small").resolve(name + ".conf")))
          .isEqualTo(name + "-small");
    }
    List<String> papers = names(CONF.resolve("paper"));
    papers.removeIf(name -> name.endsWith("-gpu")); // whose twin is for a CPU
    assertThat(twins).isEqualTo(papers);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".conf"))
          .map(name -> name.substring(0, name.length() - ".conf".length()))
          .sorted()
          .collect(Collectors.toCollection(ArrayList::new));
    }
  }

  private static String nameIn(Path file) {
    return SettingsFiles.read(file, Assignment.parse("--set", "data.dir=/d")).sweep().name();
  }

  @Test
  void everyKeyOfTheReferenceSaysWhy() {
    Config reference = ConfigFactory.parseResources("reference.conf");
    assertCommented("eigensweep", reference.getObject("eigensweep"));
  }

  private static void assertCommented(String path, ConfigObject section) {
    for (Map.Entry<String, ConfigValue> entry : section.entrySet()) {
      String key = path + "." + entry.getKey();
      if (entry.getValue() instanceof ConfigObject nested) {
        assertCommented(key, nested);
      } else {
        assertThat(entry.getValue().origin().comments()).as(key).hasSize(1);
      }
    }
  }

  private Settings read(String text) {
    return SettingsFiles.read(SettingsFiles.write(folder, text));
  }
}
