package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.image;
import static org.eigensweep.network.saved.SavedCase.last;
import static org.eigensweep.network.saved.SavedCase.volume;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.EXACT;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** Output layers, and all losses by name. */
@SuppressWarnings({"deprecation", "rawtypes"}) // DL4J has deprecated layers and raw builders
final class OutputCases {
  private OutputCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(outputs(), losses()).flatMap(List::stream);
  }

  private static OutputLayer.Builder output(org.nd4j.linalg.lossfunctions.ILossFunction loss) {
    return new OutputLayer.Builder(loss).nOut(3);
  }

  static List<SavedCase> outputs() {
    return List.of(
        last(
            "without biases",
            output(new LossMCXENT()).activation(Activation.SOFTMAX).hasBias(false).build(),
            EXACT,
            ""),
        last(
            "MSE after tanh", output(new LossMSE()).activation(Activation.TANH).build(), EXACT, ""),
        last(
            "L2 without biases",
            output(new LossL2()).activation(Activation.IDENTITY).hasBias(false).build(),
            EXACT,
            ""),
        last(
            "MSE, equal weights",
            output(new LossMSE(Nd4j.createFromArray(0.7, 0.7, 0.7).reshape(1, 3)))
                .activation(Activation.IDENTITY)
                .build(),
            EXACT,
            ""),
        last(
            "MSE, other weights",
            output(new LossMSE(Nd4j.createFromArray(0.7, 0.2, 0.5).reshape(1, 3)))
                .activation(Activation.IDENTITY)
                .build(),
            DIFFERENCES,
            "layer2 (OutputLayer): loss LossMSE"),
        last(
            "MSE after softmax",
            output(new LossMSE()).activation(Activation.SOFTMAX).build(),
            DIFFERENCES,
            "layer2 (OutputLayer): loss LossMSE"),
        last(
            "NLL",
            output(new LossNegativeLogLikelihood()).activation(Activation.SOFTMAX).build(),
            EXACT,
            ""),
        last(
            "MCXENT, weights",
            output(new LossMCXENT(Nd4j.createFromArray(0.7, 0.2, 0.5).reshape(1, 3)))
                .activation(Activation.SOFTMAX)
                .build(),
            DIFFERENCES,
            "layer2 (OutputLayer): weights"),
        last(
            "MCXENT, much clipped",
            output(new LossMCXENT(0.3, null)).activation(Activation.SOFTMAX).build(),
            EXACT,
            ""),
        last(
            "MCXENT after sigmoid",
            output(new LossMCXENT()).activation(Activation.SIGMOID).build(),
            DIFFERENCES,
            "layer2 (OutputLayer): loss LossMCXENT"),
        last(
            "softmax MCXENT",
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build(),
            EXACT,
            ""),
        last(
            "MSE",
            new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
            EXACT,
            ""),
        last(
            "L2 after sigmoid",
            new LossLayer.Builder(LossFunction.L2).activation(Activation.SIGMOID).build(),
            EXACT,
            ""),
        last(
            "MAE",
            new LossLayer.Builder(LossFunction.MEAN_ABSOLUTE_ERROR)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            "layer2 (LossLayer): loss LossMAE"),
        last(
            "centres",
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .lambda(0.3)
                .alpha(0.4)
                .build(),
            DIFFERENCES,
            "layer2 " + LayerCases.noRule(CenterLossOutputLayer.class)),
        last(
            "a step",
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build(),
            REFUSED,
            "layer2 (RnnOutputLayer) makes outputs of [2, 3, 1]"),
        last(
            "a step",
            new RnnLossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build(),
            REFUSED,
            "layer2 (RnnLossLayer) makes outputs of [2, 3, 1]"),
        last(
            "one class",
            new OCNNOutputLayer.Builder().nIn(3).hiddenLayerSize(2).build(),
            REFUSED,
            ""),
        image(
            "a pixel",
            new CnnLossLayer.Builder(LossFunction.MSE).build(),
            REFUSED,
            "layer0 (CnnLossLayer): DL4J has no loss or no gradient"),
        image(
            "boxes",
            new Yolo2OutputLayer.Builder().boundingBoxPriors(Nd4j.ones(1, 2)).build(),
            REFUSED,
            "DL4J says"),
        volume(
            "a voxel",
            new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                .lossFunction(LossFunction.MSE)
                .build(),
            REFUSED,
            "layer0 (Cnn3DLossLayer): DL4J has no loss or no gradient"));
  }

  /** All the losses by name. */
  static List<SavedCase> losses() {
    return Stream.of(LossFunction.values()).map(OutputCases::loss).toList();
  }

  private static SavedCase loss(LossFunction loss) {
    OutputLayer layer =
        new OutputLayer.Builder(loss).nOut(3).activation(Activation.SIGMOID).build();
    return switch (loss) {
      case MSE, L2, SQUARED_LOSS -> last(loss.name(), layer, EXACT, "");
      case SPARSE_MCXENT ->
          last(loss.name(), layer, REFUSED, "layer2 (OutputLayer): DL4J has no loss");
      case MEAN_ABSOLUTE_PERCENTAGE_ERROR ->
          last(loss.name(), layer, REFUSED, "layer2 (OutputLayer): LossMAPE() is Infinity");
      default -> last(loss.name(), layer, DIFFERENCES, "layer2 (OutputLayer): loss");
    };
  }
}
