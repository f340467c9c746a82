package org.eigensweep.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataSource;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.cifar10.Cifar10Files;
import org.eigensweep.data.digits.GeneratedDigits;
import org.eigensweep.data.mnist.MnistFiles;
import org.eigensweep.data.sst2.Sst2Files;
import org.eigensweep.data.sst2.VocabularySource;
import org.eigensweep.network.Network;
import org.eigensweep.network.preset.Activation;
import org.eigensweep.network.preset.Cnn;
import org.eigensweep.network.preset.Initialization;
import org.eigensweep.network.preset.Loss;
import org.eigensweep.network.preset.Mlp;
import org.eigensweep.network.preset.Model;
import org.eigensweep.network.preset.Normalization;
import org.eigensweep.network.preset.Pooling;
import org.eigensweep.network.preset.Transformer;
import org.eigensweep.network.preset.Vgg11;

/**
 * The networks of Song, Ahn and Yun (2025), each with its real data and with numbers of the same
 * shape, which cost as much.
 */
enum PaperNetwork {
  /** 784–200–200–10 with tanh, 5,000 digits. */
  MLP(5000, 784 * 200 + 200 * 200 + 200 * 10, 784 * 200, 10, 0.01) {
    @Override
    Model model() {
      return new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH);
    }

    @Override
    Dataset data() {
      return new GeneratedDigits(examples(), 10, 0).load(new Configuration()).train();
    }

    @Override
    DataSource files(String folder) {
      return new MnistFiles(folder, examples(), 1);
    }
  },

  /** Two convolutions of 32 channels, 1,000 images of 3 × 32 × 32. */
  CNN(1000, 1024 * 27 * 32 + 256 * 288 * 32 + 2048 * 10, 1024 * 27 * 32, 10, 0.001) {
    @Override
    Model model() {
      return new Cnn(32, Pooling.MAX, Normalization.NONE, Activation.RELU, Initialization.PYTORCH);
    }

    @Override
    Dataset data() {
      return images();
    }

    @Override
    DataSource files(String folder) {
      return new Cifar10Files(folder, examples(), 1);
    }
  },

  /** Two blocks of width 64 with a feed-forward width of 2048, 100 texts of 56 tokens. */
  TRANSFORMER(100, 2 * 56 * (64 * (4 * 64 + 2 * 2048) + 2 * 56 * 64) + 64 * 2, 0, 2, 0.001) {
    @Override
    Model model() {
      return new Transformer(VOCABULARY, 64, 8, 2048, 2, Activation.RELU, Initialization.PYTORCH);
    }

    @Override
    Dataset data() {
      SplittableRandom random = new SplittableRandom(2);
      float[] texts = new float[examples() * 2 * LENGTH];
      for (int i = 0; i < texts.length; i++) {
        boolean ids = i / LENGTH % 2 == 0;
        texts[i] = ids ? random.nextInt(VOCABULARY) : (i % LENGTH < 20 ? 1 : 0);
      }
      return set(new InputShape(2, 1, LENGTH), 2, texts);
    }

    @Override
    DataSource files(String folder) {
      return new Sst2Files(folder, examples(), 1, LENGTH, new VocabularySource.Built(VOCABULARY));
    }
  },

  /** Eight convolutions of 64 to 512 channels and three dense layers, 100 images of 3 × 32 × 32. */
  VGG11(
      100,
      1024 * 27 * 64
          + 9
              * (256 * 64 * 128
                  + 64 * (128 + 256) * 256
                  + 16 * (256 + 512) * 512
                  + 4 * 2 * 512 * 512)
          + 2 * 512 * 512
          + 512 * 10,
      1024 * 27 * 64,
      10,
      0.01) {
    @Override
    Model model() {
      return new Vgg11(64, Normalization.NONE, Activation.RELU, Initialization.PYTORCH);
    }

    @Override
    Dataset data() {
      return images();
    }

    @Override
    DataSource files(String folder) {
      return new Cifar10Files(folder, examples(), 1);
    }
  };

  private static final int VOCABULARY = 30_522;
  private static final int LENGTH = 56;

  private final int examples;
  private final long forward;
  private final long first;
  private final int pairs;
  private final double learningRate;

  /**
   * A network.
   *
   * @param examples of its data
   * @param forward multiplications of a forward pass of one example
   * @param first those of the first layer, whose input does not move
   * @param pairs of the dominant space: as many as there are classes
   * @param learningRate of SGD, the paper's
   */
  PaperNetwork(int examples, long forward, long first, int pairs, double learningRate) {
    this.examples = examples;
    this.forward = forward;
    this.first = first;
    this.pairs = pairs;
    this.learningRate = learningRate;
  }

  /** GFLOP of a gradient: forward, by the weights, and by the inputs that move. */
  double gradient() {
    return 2e-9 * examples * (3 * forward - first);
  }

  /** GFLOP of a Hessian product: two terms of each, where the input moves. */
  double product() {
    return 2e-9 * examples * (6 * forward - 4 * first);
  }

  int examples() {
    return examples;
  }

  int pairs() {
    return pairs;
  }

  double learningRate() {
    return learningRate;
  }

  abstract Model model();

  /** Numbers of the shape of the data. */
  abstract Dataset data();

  /** The real data, in a folder. */
  abstract DataSource files(String folder);

  Dataset images() {
    SplittableRandom random = new SplittableRandom(2);
    float[] pixels = new float[examples * 3 * 32 * 32];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return set(new InputShape(3, 32, 32), 10, pixels);
  }

  Dataset set(InputShape shape, int classes, float[] inputs) {
    int[] labels = new SplittableRandom(3).ints(examples, 0, classes).toArray();
    return new Dataset("random", shape, classes, inputs, labels, "");
  }

  Network network(Dataset data) {
    return Network.of(model(), data.shape(), data.classes(), Loss.MSE);
  }
}
