package org.eigensweep.array;

import java.util.List;
import java.util.ServiceLoader;
import org.nd4j.linalg.factory.Nd4jBackend;

/** The GPUs of this machine, as ND4J numbers them. */
public interface Accelerator {
  /** The class of ND4J's back end for CUDA, by its simple name. */
  String CUDA = "JCublasBackend";

  /** ND4J's own. ND4J is loaded at the first question. */
  static Accelerator nd4j() {
    return new Nd4jAccelerator();
  }

  /** Simple names of the back ends on the class path; ND4J is not loaded. */
  static List<String> backEnds() {
    return ServiceLoader.load(Nd4jBackend.class).stream()
        .map(found -> found.type().getSimpleName())
        .toList();
  }

  /** What computes, for messages: ND4J's back end, or why it has none. */
  String backEnd();

  /** How many GPUs there are; they are numbered from 0. */
  int gpus();

  /** Makes the calling thread compute on a GPU from now on, which must be there. */
  void bind(int gpu);
}
