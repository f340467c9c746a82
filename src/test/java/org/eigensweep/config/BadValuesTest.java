package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values that a known key cannot take; every message is asserted whole. */
class BadValuesTest {
  @TempDir private Path folder;

  static Stream<Arguments> wrongTypes() {
    return Stream.of(
        arguments(
            "training.steps = 2.5",
            "training.steps: found 2.5, expected an integer of at least 1; correct it, or leave it"
                + " out for the default 3000"),
        arguments(
            "training.steps = abc",
            "training.steps: found \"abc\", expected an integer of at least 1; correct it, or leave"
                + " it out for the default 3000"),
        arguments(
            "training.steps = null",
            "training.steps: found null, expected an integer of at least 1; correct it, or leave it"
                + " out for the default 3000"),
        arguments(
            "training.steps { number = 5 }",
            "training.steps: found a section, expected an integer of at least 1; correct it, or"
                + " leave it out for the default 3000"),
        arguments(
            "training.steps = [5]",
            "training.steps: found [5], expected an integer of at least 1; correct it, or leave it"
                + " out for the default 3000"),
        arguments(
            "training.steps = 1e99",
            "training.steps: found 1e99, expected an integer of at least 1; correct it, or leave"
                + " it out for the default 3000"),
        arguments(
            "training.steps = 3000000000",
            "training.steps: found 3000000000, expected an integer of at most 2147483647; correct"
                + " it, or leave it out for the default 3000"),
        arguments(
            "training = 5", "training: found 5, expected a section; write its keys in braces"),
        arguments(
            "eigenspace.tolerance = yes",
            "eigenspace.tolerance: found \"yes\", expected a number between 0 and 1; correct it, or"
                + " leave it out for the default 0.001"),
        arguments(
            "sweep.ranks = 10",
            "sweep.ranks: found 10, expected a list; correct it, or leave it out for the default"
                + " [10]"),
        arguments(
            "sweep.seeds = [0.5]",
            "sweep.seeds: found 0.5, expected an integer; correct it, or leave it out for the"
                + " default [0]"),
        arguments(
            "sweep.seeds = [9223372036854775808]",
            "sweep.seeds: found \"9223372036854775808\", expected an integer; correct it, or leave it"
                + " out for the default [0]"),
        arguments(
            "sweep.learning-rates = [fast]",
            "sweep.learning-rates: found \"fast\", expected a number above 0; correct it, or leave"
                + " it out for the default [0.01]"),
        arguments(
            "name = \"\"",
            "name: found \"\", expected a name; correct it, or leave it out for the default"
                + " \"sweep\""),
        arguments(
            "output = \" \"",
            "output: found \" \", expected a folder; correct it, or leave it out for the default"
                + " \"results/sweep\""));
  }

  static Stream<Arguments> impossibleValues() {
    return Stream.of(
        arguments(
            "training.steps = 0",
            "training.steps: found 0, expected an integer of at least 1; correct it, or leave it"
                + " out for the default 3000"),
        arguments(
            "training.batch-size = 1001",
            "training.batch-size: found 1001, expected at most eigensweep.data.train-examples ="
                + " 1000; lower it or take more examples"),
        arguments(
            "training.warm-up { steps = 5, averaging-frequency = 2 }",
            "training.warm-up.steps: found 5, expected a multiple of"
                + " eigensweep.training.warm-up.averaging-frequency = 2; the last steps would not"
                + " be averaged"),
        arguments(
            "training.warm-up { steps = 5, workers = 21 }",
            "training.warm-up.workers: found 21, expected at most 20, batches of 50 in 1000"
                + " examples; lower it or eigensweep.training.batch-size"),
        arguments(
            "training.switch.ema = 1",
            "training.switch.ema: found 1, expected a number of at least 0 and below 1; correct it,"
                + " or leave it out for the default 0.9"),
        arguments(
            "training.switch.above = 1",
            "training.switch.above: found 1, expected a number between 0 and 1; correct it, or"
                + " leave it out for the default 0.95"),
        arguments(
            "training { steps = 100, switch { on = step, step = 101 } }",
            "training.switch.step: found 101, expected at most eigensweep.training.steps = 100;"
                + " switch earlier or train longer"),
        arguments(
            "training { batch-size = full, warm-up.steps = 4 }",
            "training.warm-up.steps: found 4, expected 0 where eigensweep.training.batch-size ="
                + " full; the workers of a warm-up train on mini-batches"),
        arguments(
            "training.rules = [bulk, bulk]",
            "training.rules: found [\"bulk\",\"bulk\"], expected distinct values; remove the"
                + " repeated \"bulk\""),
        arguments(
            "training.rules = [[1]]",
            "training.rules: found [1], expected two factors, as in [0.5, 1]; correct it, or leave"
                + " it out for the default [\"plain\",\"dominant\",\"bulk\"]"),
        arguments(
            "training.rules = [[1, much]]",
            "training.rules: found \"much\", expected a finite number; correct it, or leave it out"
                + " for the default [\"plain\",\"dominant\",\"bulk\"]"),
        arguments(
            "training.branches = [{ name = half, dominant = 0.5 }]",
            "training.branches: found a section, expected either rule or both dominant and bulk;"
                + " leave one out or write the missing one"),
        arguments(
            "training.branches = [{ name = half, dominant = 0.5, bulk = 1, rule = bulk }]",
            "training.branches: found a section, expected either rule or both dominant and bulk;"
                + " leave one out or write the missing one"),
        arguments(
            "training.rules = [half]",
            "training.rules: found \"half\", expected one of plain, dominant, bulk; did you mean"
                + " bulk?"),
        arguments(
            "training.rules = [{ kind = bulk }]",
            "training.rules: found a section, expected the name of a rule, or two factors;"
                + " give it a name in eigensweep.training.branches"),
        arguments(
            "training.branches = [{ name = x, rule = { kind = bulk, half = 2 } }]",
            "training.branches.rule.half: found 2, expected nothing: bulk has no parameters; remove it"),
        arguments(
            "problem = { kind = network, size = 2 }",
            "problem.size: found 2, expected nothing: network has no parameters; remove it"),
        arguments(
            "training.branches = [half]",
            "training.branches: found \"half\", expected a section with keys of batch-size, bulk,"
                + " dominant, learning-rate, name, optimizer, rule, sam, schedule, state; correct"
                + " it, or leave it out for the default []"),
        arguments(
            "training.branches = [{ rule = bulk }]",
            "training.branches.name: found nothing, expected a value; add it, or leave the section"
                + " out"),
        arguments(
            "training.branches = [{ name = gd, batchsize = full }]",
            "training.branches.batchsize: unknown key, expected one of batch-size, bulk, dominant,"
                + " learning-rate, name, optimizer, rule, sam, schedule, state; correct it or leave"
                + " it out"),
        arguments(
            "training.branches = [{ name = a, optimizer = adm }]",
            "training.branches.optimizer: found \"adm\", expected one of sgd, heavy-ball, nesterov,"
                + " rmsprop, adam, adamw; did you mean adam?"),
        arguments(
            "training.branches = [{ name = a, optimizer { kind = heavy-ball, beta1 = 0.5 } }]",
            "training.branches.optimizer.beta1: found 0.5, expected a parameter of heavy-ball: beta;"
                + " did you mean beta?"),
        arguments(
            "training.branches = [{ name = a, optimizer { kind = heavy-ball, beta = 1 } }]",
            "training.branches.optimizer.beta: found 1, expected a number of at least 0 and below 1;"
                + " correct it, or leave it out for the default 0.9"),
        arguments(
            "training.branches = [{ name = a, optimizer = adam, state = kept }]",
            "training.branches.state: found \"kept\", expected new, since adam cannot go on with what"
                + " sgd remembers; write new or leave it out"),
        arguments(
            "training.branches = [{ name = gd, batch-size = 1001 }]",
            "training.branches.batch-size: found 1001, expected at most"
                + " eigensweep.data.train-examples = 1000; lower it or take more examples"),
        arguments(
            "training.branches = [{ name = gd, learning-rate = 0 }]",
            "training.branches.learning-rate: found 0, expected a number above 0; correct it, or"
                + " leave it out for the default []"),
        arguments(
            "training.branches = [{ name = gd, state = old }]",
            "training.branches.state: found \"old\", expected one of kept, new; correct it, or"
                + " leave it out for the default []"),
        arguments(
            "training.phases = [{ batch-size = full }]",
            "training.phases.steps: found nothing, expected a value; add it, or leave the section"
                + " out"),
        arguments(
            "training.phases = [{ steps = 0 }]",
            "training.phases.steps: found 0, expected an integer of at least 1; correct it, or leave"
                + " it out for the default []"),
        arguments(
            "training { steps = 100, phases = [{ steps = 60 }, { steps = 41 }] }",
            "training.phases.steps: found 41, expected phases of at most eigensweep.training.steps ="
                + " 100 together; shorten them or train longer"),
        arguments(
            "training { phases = [{ steps = 60 }], switch { on = step, step = 59 } }",
            "training.switch.step: found 59, expected at least 60, the steps of"
                + " eigensweep.training.phases; switch later or shorten the phases"),
        arguments(
            "sweep.batch-sizes = [50, 50]",
            "sweep.batch-sizes: found [50,50], expected distinct values; remove the repeated 50"),
        arguments(
            "sweep.batch-sizes = [10, full], training.warm-up.steps = 4",
            "training.warm-up.steps: found 4, expected 0 where eigensweep.sweep.batch-sizes has full;"
                + " the workers of a warm-up train on mini-batches"),
        arguments(
            "sweep.batch-sizes = [10, 600], training.warm-up { steps = 4, workers = 2 }",
            "training.warm-up.workers: found 2, expected at most 1, batches of 600 in 1000 examples;"
                + " lower it or eigensweep.sweep.batch-sizes"),
        arguments(
            "sweep.batch-sizes = [10, full], measure.noise-batches = 4",
            "measure.noise-batches: found 4, expected 0 where eigensweep.sweep.batch-sizes has full;"
                + " a gradient over all examples has no noise"),
        arguments(
            "sweep.batch-sizes = [0]",
            "sweep.batch-sizes: found 0, expected an integer of at least 1; correct it, or leave it"
                + " out for the default []"),
        arguments(
            "training.branches = [{ name = bulk, dominant = 0.5, bulk = 1 }]",
            "training.branches.name: found \"bulk\", expected a name that no other branch has;"
                + " choose another one"),
        arguments(
            "training.branches = [{ name = a, dominant = 0, bulk = 1 }, { name = a, dominant = 1, bulk = 1 }]",
            "training.branches.name: found \"a\", expected a name that no other branch has;"
                + " choose another one"),
        arguments(
            "training.branches = [{ name = Half, dominant = 0.5, bulk = 1 }]",
            "training.branches.name: found \"Half\", expected a name of at most 20 small letters,"
                + " digits and hyphens; correct it, or leave it out for the default []"),
        arguments(
            "training.rules = []",
            "training.rules: found [], expected a list of at least one value; correct it, or leave"
                + " it out for the default [\"plain\",\"dominant\",\"bulk\"]"),
        arguments(
            "l2 = -1e-4",
            "l2: found -1e-4, expected a number of at least 0; correct it, or leave it out for the"
                + " default 0"),
        arguments(
            "spark { placement = trial-per-task, partitions = 0 }",
            "spark.partitions: found 0, expected an integer of at least 1; correct it, or leave it"
                + " out for the default 8"),
        arguments(
            "spark.vectors = sliced, data.kind = cifar10, data.dir = x, model.kind = cnn,"
                + " model.normalization = batch",
            "spark.vectors: found \"sliced\", expected driver, since batch normalisation ties the"
                + " examples of a mini-batch together; correct it, or take a"
                + " model without"),
        arguments(
            "data.train-examples = 0",
            "data.train-examples: found 0, expected an integer of at least 1; correct it, or leave"
                + " it out for the default 1000"),
        arguments(
            "model.hidden = [64, 0]",
            "model.hidden: found 0, expected an integer of at least 1; correct it, or leave it out"
                + " for the default [200,200]"),
        arguments(
            "model.hidden = [100000, 100000]",
            "model.hidden: found [100000,100000], expected at most 2147483647 parameters in all;"
                + " take narrower layers"),
        arguments(
            "model.kind = vgg11",
            "model.kind: found \"vgg11\", expected a kind that takes inputs of 1 x 28 x 28; take mlp,"
                + " or images of at least 32 x 32"),
        arguments(
            "data { kind = sst2, dir = d, test-examples = 9 }, model.kind = cnn",
            "model.kind: found \"cnn\", expected a kind that takes inputs of 2 x 1 x 56; take mlp, or"
                + " images of at least 4 x 4"),
        arguments(
            "model { kind = cnn, width = 0 }",
            "model.width: found 0, expected an integer of at least 1; correct it, or leave it out"
                + " for the default 32"),
        arguments(
            "model.kind = transformer",
            "model.kind: found \"transformer\", expected a kind for data other than text; take"
                + " data.kind = sst2, or mlp or cnn"),
        arguments(
            "data { kind = sst2, dir = d }, model { kind = transformer, heads = 5 }",
            "model.heads: found 5, expected a divisor of model.embedding, 64; correct it, or leave"
                + " it out for the default 8"),
        arguments(
            "data { kind = sst2, dir = d }, model { kind = transformer, feed-forward = 9000000 }",
            "model.feed-forward: found 9000000, expected at most 2147483647 parameters in all; take"
                + " narrower layers"),
        arguments(
            "model { kind = cnn, width = 16000 }",
            "model.width: found 16000, expected at most 2147483647 parameters in all; take narrower"
                + " layers"),
        // 9 times the square of each is between 2^63 and 2^64, a negative long.
        arguments(
            "model { kind = cnn, width = 1200000000 }",
            "model.width: found 1200000000, expected at most 2147483647 parameters in all; take"
                + " narrower layers"),
        arguments(
            "model.hidden = [2000000000, 2000000000, 2000000000, 10]",
            "model.hidden: found [2000000000,2000000000,2000000000,10], expected at most 2147483647"
                + " parameters in all; take narrower layers"),
        arguments(
            "data { kind = cifar10, dir = d }, model { kind = vgg11, vgg-width = 1000000000 }",
            "model.vgg-width: found 1000000000, expected at most 2147483647 parameters in all; take"
                + " narrower layers"),
        arguments(
            "data { kind = sst2, dir = d, test-examples = 9 }, model { kind = transformer, layers ="
                + " 2147483647, feed-forward = 2147483647 }",
            "model.feed-forward: found 2147483647, expected at most 2147483647 parameters in all;"
                + " take narrower layers"),
        arguments(
            "model.normalization = batch",
            "model.normalization: found \"batch\", expected none, for model.kind = mlp; take cnn,"
                + " vgg11, or none"),
        arguments(
            "model.batch-norm-examples = 0",
            "model.batch-norm-examples: found 0, expected an integer of at least 1; correct it, or"
                + " leave it out for the default 1000"),
        arguments(
            "eigenspace.tolerance = 1",
            "eigenspace.tolerance: found 1, expected a number between 0 and 1; correct it, or leave"
                + " it out for the default 0.001"),
        arguments(
            "model.hidden = [1], eigenspace.pairs = 806",
            "eigenspace.pairs: found 806, expected at most 805, the parameters of the model; lower"
                + " it or widen the model"),
        arguments(
            "eigenspace.max-products = 9",
            "eigenspace.max-products: found 9, expected at least eigensweep.eigenspace.pairs = 10;"
                + " raise it: a pair takes at least one product"),
        arguments(
            "eigenspace.error = 1",
            "eigenspace.error: found 1, expected a number from 0 to below 1; correct it, or"
                + " leave it out for the default 0.001"),
        arguments(
            "measure.every = 0",
            "measure.every: found 0, expected an integer of at least 1; correct it, or leave it out"
                + " for the default 10"),
        arguments(
            "measure.loss-change = whole",
            "measure.loss-change: found \"whole\", expected one of partial, full; correct it, or"
                + " leave it out for the default \"partial\""),
        arguments(
            "measure.overlaps = 10",
            "measure.overlaps: found 10, expected a list; correct it, or leave it out for the"
                + " default []"),
        arguments(
            "measure.overlaps = [1, 0]",
            "measure.overlaps: found 0, expected an integer of at least 1; correct it, or leave it"
                + " out for the default []"),
        arguments(
            "measure.overlaps = [10, 1, 10]",
            "measure.overlaps: found [10,1,10], expected distinct values; remove the repeated 10"),
        arguments(
            "training.steps = 50, measure.overlaps = [1, 51]",
            "measure.overlaps: found 51, expected at most eigensweep.training.steps = 50; no point"
                + " has a space so long before it"),
        arguments(
            "measure.noise-batches = 1",
            "measure.noise-batches: found 1, expected 0 or at least 2; one gradient has no"
                + " variance"),
        arguments(
            "training.batch-size = full, measure.noise-batches = 8",
            "measure.noise-batches: found 8, expected 0 where eigensweep.training.batch-size ="
                + " full; a gradient over all examples has no noise"),
        arguments(
            "measure.spectrum.steps = [20, 25]",
            "measure.spectrum.steps: found 25, expected a multiple of"
                + " eigensweep.measure.eigenspace-every = 10, or the last step; only a row with the"
                + " eigenspace has a spectrum"),
        arguments(
            "training.steps = 50, measure.spectrum.steps = [60]",
            "measure.spectrum.steps: found 60, expected an integer from 0 to 50; correct it, or"
                + " leave it out for the default []"),
        arguments(
            "measure.spectrum.steps = [10, 10]",
            "measure.spectrum.steps: found [10,10], expected distinct values; remove the repeated"
                + " 10"),
        arguments(
            "measure { every = 4, spectrum.every = 10 }",
            "measure.spectrum.every: found 10, expected 0 or a multiple of"
                + " eigensweep.measure.eigenspace-every = 4; only a row with the eigenspace has a"
                + " spectrum"),
        arguments(
            "measure { every = 5, eigenspace-every = 20, spectrum.every = 10 }",
            "measure.spectrum.every: found 10, expected 0 or a multiple of"
                + " eigensweep.measure.eigenspace-every = 20; only a row with the eigenspace has a"
                + " spectrum"),
        arguments(
            "measure { every = 20, eigenspace-every = 50 }",
            "measure.eigenspace-every: found 50, expected a multiple of eigensweep.measure.every ="
                + " 20; only a row has an eigenspace"),
        arguments(
            "measure { every = 20, eigenspace-every = 10 }",
            "measure.eigenspace-every: found 10, expected a multiple of eigensweep.measure.every ="
                + " 20; only a row has an eigenspace"),
        arguments(
            "measure.eigenspace-every = 0",
            "measure.eigenspace-every: found 0, expected an integer of at least 1; correct it, or"
                + " leave it out for the default 10"),
        arguments(
            "measure.spectrum { every = 10, trace-products = 1 }",
            "measure.spectrum.trace-products: found 1, expected an integer of at least 2; correct"
                + " it, or leave it out for the default 60"),
        arguments(
            "measure.spectrum.layers = on",
            "measure.spectrum.layers: found \"on\", expected off, since no step is chosen; set"
                + " eigensweep.measure.spectrum.steps or every"),
        arguments(
            "measure.spectrum.steps = [0], spark.vectors = sliced",
            "spark.vectors: found \"sliced\", expected driver, since the random vectors of a whole"
                + " spectrum are drawn there; correct it, or remove eigensweep.measure.spectrum"),
        arguments(
            "problem = quadratic, measure.spectrum { every = 10, layers = on }",
            "measure.spectrum.layers: found \"on\", expected the default \"off\"; remove it:"
                + " eigensweep.problem = quadratic has no layers"),
        arguments(
            "data { kind = mnist, dir = null }",
            "data.dir: found null, expected the folder that holds the MNIST files; set"
                + " eigensweep.data.dir or the environment variable EIGENSWEEP_DATA"),
        arguments(
            "data { kind = cifar10, dir = null }",
            "data.dir: found null, expected the folder that holds the CIFAR-10 files; set"
                + " eigensweep.data.dir or the environment variable EIGENSWEEP_DATA"),
        arguments(
            "data { kind = sst2, dir = null }",
            "data.dir: found null, expected the folder that holds the SST-2 files; set"
                + " eigensweep.data.dir or the environment variable EIGENSWEEP_DATA"));
  }

  static Stream<Arguments> impossibleText() {
    return Stream.of(
        arguments(
            "max-length = 2",
            "max-length: found 2, expected an integer from 3 to 65536; correct it, or leave it out"
                + " for the default 56"),
        arguments(
            "max-length = 65537",
            "max-length: found 65537, expected an integer from 3 to 65536; correct it, or leave it"
                + " out for the default 56"),
        arguments(
            "vocabulary = [v]",
            "vocabulary: found [\"v\"], expected built, or the path of a vocabulary file; correct"
                + " it, or leave it out for the default \"built\""),
        arguments(
            "vocabulary = \"\"",
            "vocabulary: found \"\", expected built, or the path of a vocabulary file; correct it,"
                + " or leave it out for the default \"built\""),
        arguments(
            "vocabulary-size = 4",
            "vocabulary-size: found 4, expected an integer from 5 to 16777216; correct it, or leave"
                + " it out for the default 30522"),
        arguments(
            "vocabulary-size = 16777217",
            "vocabulary-size: found 16777217, expected an integer from 5 to 16777216; correct it,"
                + " or leave it out for the default 30522"));
  }

  static Stream<Arguments> impossibleSizes() {
    String chunk =
        ", expected a memory size in bytes of at least 1, as in 16MiB; correct it, or leave it out for"
            + " the default \"device\"";
    return Stream.of(
        arguments("curvature.chunk = 0", "curvature.chunk: found 0" + chunk),
        arguments("curvature.chunk = -16MiB", "curvature.chunk: found \"-16MiB\"" + chunk),
        arguments("curvature.chunk = 16 apples", "curvature.chunk: found \"16 apples\"" + chunk),
        arguments("curvature.chunk = much", "curvature.chunk: found \"much\"" + chunk),
        arguments("curvature.chunk = [1MiB]", "curvature.chunk: found [\"1MiB\"]" + chunk),
        arguments("curvature.chunk = true", "curvature.chunk: found true" + chunk),
        arguments("curvature.chunk = 16YiB", "curvature.chunk: found \"16YiB\"" + chunk),
        arguments("curvature.chunk = 2.5", "curvature.chunk: found 2.5" + chunk),
        arguments("curvature.chunk = 1e30", "curvature.chunk: found 1e30" + chunk),
        arguments(
            "curvature.keep = -1",
            "curvature.keep: found -1, expected a memory size in bytes of at least 0, as in 16MiB;"
                + " correct it, or leave it out for the default \"what-fits\""),
        arguments(
            "curvature.keep = \"\"",
            "curvature.keep: found \"\", expected a memory size in bytes of at least 0, as in 16MiB;"
                + " correct it, or leave it out for the default \"what-fits\""));
  }

  static Stream<Arguments> impossibleTimes() {
    String time =
        ", expected a time with a unit, as in 90s or 2 minutes; correct it, or leave it out for the"
            + " default \"1 minute\"";
    return Stream.of(
            "60", "1.5", "-1", "\"\"", "\"-1 s\"", "\"soon\"", "\"2 apples\"", "true", "[\"1s\"]")
        .map(
            value ->
                arguments(
                    "checkpoint.every = " + value, "checkpoint.every: found " + value + time));
  }

  static Stream<Arguments> impossibleGrids() {
    String rate = ", expected a number above 0; correct it, or leave it out for the default [0.01]";
    return Stream.of(
        arguments("sweep.learning-rates = [0]", "sweep.learning-rates: found 0" + rate),
        arguments("sweep.learning-rates = [-0.1]", "sweep.learning-rates: found -0.1" + rate),
        arguments("sweep.learning-rates = [NaN]", "sweep.learning-rates: found \"NaN\"" + rate),
        arguments("sweep.learning-rates = [1e-999]", "sweep.learning-rates: found 1e-999" + rate),
        arguments(
            "sweep.learning-rates = [0.1, 1e-1]",
            "sweep.learning-rates: found [0.1,0.1], expected distinct values; remove the repeated"
                + " 1e-1"),
        arguments(
            "sweep.seeds = []",
            "sweep.seeds: found [], expected a list of at least one value; correct it, or leave it"
                + " out for the default [0]"),
        arguments(
            "sweep.ranks = [0]",
            "sweep.ranks: found 0, expected an integer of at least 1; correct it, or leave it out"
                + " for the default [10]"),
        arguments(
            "sweep.ranks = [11]",
            "sweep.ranks: found 11, expected at most eigensweep.eigenspace.pairs = 10; lower it or"
                + " raise eigensweep.eigenspace.pairs"),
        arguments(
            "sweep.ranks = [200000]",
            "sweep.ranks: found 200000, expected at most 199210, the parameters of the model; lower"
                + " it or widen the model"));
  }

  static Stream<Arguments> unknownWords() {
    return Stream.of(
        arguments(
            "data.kind = cifar",
            "data.kind: found \"cifar\", expected one of digits, mnist, cifar10, sst2, files",
            "\"digits\""),
        arguments(
            "model.kind = rnn",
            "model.kind: found \"rnn\", expected one of mlp, cnn, vgg11, transformer, file",
            "\"mlp\""),
        arguments(
            "model { kind = cnn, pooling = sum }",
            "model.pooling: found \"sum\", expected one of max, average",
            "\"max\""),
        arguments(
            "model { kind = cnn, normalization = layer }",
            "model.normalization: found \"layer\", expected one of none, batch",
            "\"none\""),
        arguments(
            "model.activation = swish",
            "model.activation: found \"swish\", expected one of relu, tanh, elu, softplus, hardtanh,"
                + " sigmoid, gelu, identity",
            "\"tanh\""),
        arguments(
            "model.initialization = zero",
            "model.initialization: found \"zero\", expected one of pytorch, xavier",
            "\"pytorch\""),
        arguments(
            "model.precision = half",
            "model.precision: found \"half\", expected one of float32, float64",
            "\"float32\""),
        arguments(
            "loss = hinge", "loss: found \"hinge\", expected one of mse, cross-entropy", "\"mse\""),
        arguments(
            "training.switch.on = never",
            "training.switch.on: found \"never\", expected one of alignment, step",
            "\"alignment\""),
        arguments(
            "eigenspace.which = smallest",
            "eigenspace.which: found \"smallest\", expected one of largest, magnitude",
            "\"largest\""),
        arguments(
            "spark.placement = data",
            "spark.placement: found \"data\", expected one of trial-per-task, data-parallel",
            "\"trial-per-task\""),
        arguments(
            "spark.reduction = sum",
            "spark.reduction: found \"sum\", expected one of ordered, tree",
            "\"ordered\""));
  }

  @ParameterizedTest
  @MethodSource({
    "wrongTypes",
    "impossibleValues",
    "impossibleSizes",
    "impossibleTimes",
    "impossibleGrids"
  })
  void namesThePlaceAndTheKey(String setting, String message) {
    assertRefused("\neigensweep { %s }".formatted(setting), ":2: eigensweep." + message);
  }

  @ParameterizedTest
  @MethodSource
  void impossibleText(String setting, String message) {
    assertRefused(
        "eigensweep.data { kind = sst2, dir = d, %s }".formatted(setting),
        ":1: eigensweep.data." + message);
  }

  @ParameterizedTest
  @MethodSource
  void unknownWords(String setting, String message, String theDefault) {
    assertRefused(
        "eigensweep { %s }".formatted(setting),
        ":1: eigensweep.%s; correct it, or leave it out for the default %s"
            .formatted(message, theDefault));
  }

  private void assertRefused(String text, String afterFile) {
    Path file = SettingsFiles.write(folder, text);
    assertThatThrownBy(() -> SettingsFiles.read(file))
        .isInstanceOf(SettingsException.class)
        .hasMessage(file + afterFile);
  }
}
