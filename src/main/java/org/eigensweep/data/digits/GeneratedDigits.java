package org.eigensweep.data.digits;

import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.ExampleCounts;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.Split;

/**
 * Stroke-rendered 28×28 digits in ten classes, drawn from a seed without fonts or files.
 *
 * <p>A seed names the same images on every machine. Training and test examples come from streams of
 * their own, so the size of one never changes the other, and the first n examples of a larger set
 * are the set of n. Every run of ten examples from the front holds each class once, in shuffled
 * order, so class counts differ by at most one.
 *
 * @param trainExamples training examples, at least 1
 * @param testExamples test examples, at least 0, drawn from their own stream
 * @param seed root of the generator's streams
 */
public record GeneratedDigits(int trainExamples, int testExamples, long seed)
    implements DataSource {
  private static final InputShape SHAPE = new InputShape(1, DigitWriter.SIDE, DigitWriter.SIDE);

  /**
   * Checks the sizes.
   *
   * @throws DataException if a size is too small, or too large for one array
   */
  public GeneratedDigits {
    ExampleCounts.check(trainExamples, testExamples, SHAPE.features());
  }

  @Override
  public InputShape shape() {
    return SHAPE;
  }

  @Override
  public int classes() {
    return Glyph.DIGITS.size();
  }

  /**
   * Draws the examples: pixels row after row from the upper left, multiples of 1/255 in [0, 1].
   *
   * @param hadoop not used: the generator reads no file
   */
  @Override
  public Split load(Configuration hadoop) {
    SplittableRandom root = new SplittableRandom(seed);
    SplittableRandom train = root.split();
    SplittableRandom test = root.split();
    return new Split(generate("train", train, trainExamples), generate("test", test, testExamples));
  }

  @Override
  public Dataset loadTraining(Configuration hadoop) {
    return generate("train", new SplittableRandom(seed).split(), trainExamples);
  }

  private Dataset generate(String part, SplittableRandom stream, int examples) {
    SplittableRandom order = stream.split();
    int[] digits = new int[classes()];
    int[] labels = new int[examples];
    float[] inputs = new float[examples * SHAPE.features()];
    for (int i = 0; i < examples; i++) {
      int place = i % digits.length;
      if (place == 0) {
        shuffle(digits, order);
      }
      labels[i] = digits[place];
      // Each example has a stream of its own: how many draws one takes never moves the next.
      new DigitWriter(stream.split()).write(labels[i], inputs, i * SHAPE.features());
    }
    String source = "digits:seed=" + seed + "," + part + "[0:" + examples + "]";
    return Dataset.of(source, SHAPE, classes(), inputs, labels);
  }

  /** Fills {@code digits} with 0 to its length in random order (Fisher–Yates, inside out). */
  private static void shuffle(int[] digits, SplittableRandom random) {
    for (int i = 0; i < digits.length; i++) {
      int j = (int) Long.remainderUnsigned(random.nextLong(), i + 1L);
      digits[i] = digits[j];
      digits[j] = i;
    }
  }
}
