package org.eigensweep.experiment.spectrum;

import java.io.Serializable;
import java.util.List;
import org.eigensweep.curvature.CurvatureMatrix;

/**
 * What a spectrum is taken of.
 *
 * @param matrix the matrix
 * @param block its block
 * @param layers blocks to measure one by one besides, each with its leading eigenvalue and trace
 */
public record SpectrumSubject(CurvatureMatrix matrix, Block block, List<Block> layers)
    implements Serializable {
  public SpectrumSubject {
    layers = List.copyOf(layers);
  }
}
