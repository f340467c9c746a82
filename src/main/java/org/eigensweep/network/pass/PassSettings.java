package org.eigensweep.network.pass;

import java.io.Serializable;
import org.eigensweep.array.WorkingSizes;

/**
 * How the examples of a data set pass through a network, and with it how much storage curvature
 * takes. Results do not depend on either number of bytes beyond rounding; where there is batch
 * normalisation the loss is defined by {@code batchNormExamples}.
 *
 * <p>Let A be the outputs of all layers for one example, and P those of the examples that pass
 * together: at most {@code chunkBytes}, or one example where that is larger, or a group where there
 * is batch normalisation. Then
 *
 * <ul>
 *   <li>a linearisation keeps at most {@code keptBytes} and one vector, the gradient; while it is
 *       made, each thread holds 6·P and a vector, its part of the gradient, besides;
 *   <li>a block of m products takes, beside the block and the product, for each thread 6·P +
 *       2·max(m·chunkBytes, P) and m + 1 vectors, its part of the product and a gradient;
 *   <li>where convolutions are products with patches, each thread spreads out images for a moment:
 *       {@link org.eigensweep.array.WorkingSizes#group}, or the patches of one image where they are
 *       larger, and the convolution's weights once more for each tangent.
 * </ul>
 *
 * A device may hold twice of what is in use, see {@link org.eigensweep.array.Device#bytes}. The
 * factors come from the rules. For a layer with I inputs and O outputs, an example takes
 *
 * <table>
 *   <caption>Numbers held for one example</caption>
 *   <tr><th>rule</th><th>forward and backward</th><th>each tangent</th><th>in passing</th></tr>
 *   <tr><td>dense</td><td>O + I + 1</td><td>O + I</td><td>0</td></tr>
 *   <tr><td>convolution</td><td>O + I</td><td>O + I</td><td>patches, if any</td></tr>
 *   <tr><td>average pooling</td><td>O + I</td><td>O + I</td><td>0</td></tr>
 *   <tr><td>max pooling</td><td>2·O + I</td><td>O + I</td><td>0</td></tr>
 *   <tr><td>nonlinearity, curved</td><td>3·O + I</td><td>O + I</td><td>2·O</td></tr>
 *   <tr><td>nonlinearity, piecewise linear</td><td>2·O + I</td><td>O + I</td><td>0</td></tr>
 *   <tr><td>batch normalisation</td><td>3·O + I</td><td>O + I</td><td>O</td></tr>
 *   <tr><td>loss</td><td>at most 2·I</td><td>at most I</td><td>I + 1</td></tr>
 * </table>
 *
 * The first layer has no gradient by its input, and the inputs of all others are outputs of the
 * layers before: in all at most 4·A, 2·A a tangent, and 2·A in passing, since nonlinearities and
 * normalisations follow a layer of their own size.
 *
 * @param chunkBytes what the outputs of all layers may take for the examples that pass together; at
 *     least one example passes, and at most a thousand; {@link #AS_THE_DEVICE_LIKES} where the
 *     device is to say it
 * @param keptBytes what a linearisation may keep between products; what is over is computed again
 *     for every block, which costs as much as one gradient of those examples; {@link #WHAT_FITS}
 *     where whoever knows the memory of the process is to say it
 * @param batchNormExamples consecutive examples that a network with batch normalisation passes
 *     together, the rest of the data set last, and over which it takes its statistics; a mini-batch
 *     passes whole
 */
public record PassSettings(long chunkBytes, long keptBytes, int batchNormExamples)
    implements Serializable {
  /** A chunk of the size with which a device computes best. */
  public static final long AS_THE_DEVICE_LIKES = -1;

  /** All, unless another limit takes its place. */
  public static final long WHAT_FITS = Long.MAX_VALUE;

  /** Whether the limit of what is kept is left to the memory that there is. */
  public boolean keepsWhatFits() {
    return keptBytes == WHAT_FITS;
  }

  /** The same for a device, which says the size of a chunk where nobody else has. */
  public PassSettings on(WorkingSizes device) {
    return chunkBytes == AS_THE_DEVICE_LIKES
        ? new PassSettings(device.chunk(), keptBytes, batchNormExamples)
        : this;
  }

  /** The same with another limit of what is kept. */
  public PassSettings keeping(long bytes) {
    return new PassSettings(chunkBytes, bytes, batchNormExamples);
  }
}
