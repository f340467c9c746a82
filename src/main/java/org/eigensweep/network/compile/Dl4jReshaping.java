package org.eigensweep.network.compile;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToRnnPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.RnnToFeedForwardPreProcessor;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.layer.ImageLayout;
import org.eigensweep.network.layer.SinusoidalPositions;

/**
 * Reads preprocessors. DL4J's between vectors and images reshape in 'c' order, NCHW, and our layers
 * take images with the channels of a place together. Those between sequences and vectors make every
 * position a row, and here every position is a column.
 */
final class Dl4jReshaping {
  private Dl4jReshaping() {}

  /**
   * What a preprocessor does.
   *
   * @param preprocessor null where there is none
   * @param before how what enters is laid out
   * @throws IllegalArgumentException naming one without a rule, or its option
   */
  static Dl4jStep of(InputPreProcessor preprocessor, Dl4jLayout before) {
    Class<?> type = preprocessor == null ? null : preprocessor.getClass();
    if (type == null) {
      return Dl4jStep.none(before);
    }
    if (type == FeedForwardToCnnPreProcessor.class) {
      return entering(images((FeedForwardToCnnPreProcessor) preprocessor), before);
    }
    if (type == CnnToFeedForwardPreProcessor.class) {
      Dl4jOptions.of(preprocessor)
          .ignores("inputHeight", "inputWidth", "numChannels") // DL4J compares them with what comes
          .needs("format", CNN2DFormat.NCHW)
          .done();
      return leaving(before);
    }
    if (type == RnnToFeedForwardPreProcessor.class || type == FeedForwardToRnnPreProcessor.class) {
      Dl4jOptions.of(preprocessor).needs("rnnDataFormat", RNNFormat.NCW).done();
      return Dl4jStep.none(before);
    }
    Dl4jLayout.Sequence sequence = before.sequence();
    if (type == org.eigensweep.network.vertex.SinusoidalPositions.class && sequence != null) {
      Dl4jOptions.of(preprocessor).done();
      return Dl4jStep.of(new SinusoidalPositions(sequence.width(), sequence.length()), before);
    }
    throw NoRule.of(
        "preprocessor " + type.getSimpleName(), "those between vectors and images or sequences");
  }

  /**
   * Vectors or data become images.
   *
   * @param image their shape
   * @param before how they are laid out
   */
  static Dl4jStep entering(InputShape image, Dl4jLayout before) {
    return laidOut(image, places(image), image.channels(), before.withImage(image));
  }

  /** Images become vectors. */
  private static Dl4jStep leaving(Dl4jLayout before) {
    InputShape image = before.image();
    Dl4jLayout after = before.withImage(null);
    return image == null
        ? Dl4jStep.none(after)
        : laidOut(image, image.channels(), places(image), after);
  }

  /** Both layouts are one where there is one channel or one place. */
  private static Dl4jStep laidOut(InputShape image, int from, int to, Dl4jLayout after) {
    return image.channels() == 1 || places(image) == 1
        ? Dl4jStep.none(after)
        : Dl4jStep.of(new ImageLayout(from, to), after);
  }

  private static int places(InputShape image) {
    return image.height() * image.width();
  }

  private static InputShape images(FeedForwardToCnnPreProcessor preprocessor) {
    Dl4jOptions.of(preprocessor)
        .reads("inputHeight", "inputWidth", "numChannels")
        .ignores("shape") // that of the last batch
        .done();
    return new InputShape(
        Math.toIntExact(preprocessor.getNumChannels()),
        Math.toIntExact(preprocessor.getInputHeight()),
        Math.toIntExact(preprocessor.getInputWidth()));
  }
}
