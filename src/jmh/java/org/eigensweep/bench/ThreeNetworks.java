package org.eigensweep.bench;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.digits.GeneratedDigits;
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

/** The three networks of Song, Ahn and Yun (2025), each with numbers of the shape of its data. */
enum ThreeNetworks {
  /** 784–200–200–10 with tanh, 5,000 digits. */
  MLP(5000, 784 * 200 + 200 * 200 + 200 * 10, 784 * 200) {
    @Override
    Model model() {
      return new Mlp(List.of(200, 200), Activation.TANH, Initialization.PYTORCH);
    }

    @Override
    Dataset data() {
      return new GeneratedDigits(examples(), 10, 0).load(new Configuration()).train();
    }
  },

  /** Two convolutions of 32 channels, 1,000 images of 3 × 32 × 32. */
  CNN(1000, 1024 * 27 * 32 + 256 * 288 * 32 + 2048 * 10, 1024 * 27 * 32) {
    @Override
    Model model() {
      return new Cnn(32, Pooling.MAX, Normalization.NONE, Activation.RELU, Initialization.PYTORCH);
    }

    @Override
    Dataset data() {
      SplittableRandom random = new SplittableRandom(2);
      float[] pixels = new float[examples() * 3 * 32 * 32];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextGaussian();
      }
      return set(new InputShape(3, 32, 32), 10, pixels);
    }
  },

  /** Two blocks of width 64 with a feed-forward width of 2048, 100 texts of 56 tokens. */
  TRANSFORMER(100, 2 * 56 * (64 * (4 * 64 + 2 * 2048) + 2 * 56 * 64) + 64 * 2, 0) {
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
  };

  private static final int VOCABULARY = 30_522;
  private static final int LENGTH = 56;

  private final int examples;
  private final long forward;
  private final long first;

  /**
   * A network.
   *
   * @param examples of its data
   * @param forward multiplications of a forward pass of one example
   * @param first those of the first layer, whose input does not move
   */
  ThreeNetworks(int examples, long forward, long first) {
    this.examples = examples;
    this.forward = forward;
    this.first = first;
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

  abstract Model model();

  abstract Dataset data();

  Dataset set(InputShape shape, int classes, float[] inputs) {
    int[] labels = new SplittableRandom(3).ints(examples, 0, classes).toArray();
    return new Dataset("random", shape, classes, inputs, labels, "");
  }

  Network network(Dataset data) {
    return Network.of(model(), data.shape(), data.classes(), Loss.MSE);
  }
}
