package org.eigensweep.network.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Networks that were wrong once, as small as they could be made. */
class FoundCasesTest {
  static Stream<String> cases() {
    return Stream.of(
        // A sequence under a layer for vectors: one row of outputs a position, one label an
        // example.
        "examples=1 input=tokens:2x2 seed=97969 | output",
        "as=graph examples=1 input=sequence:3x3 seed=7270 | globalpool | rnnoutput",
        "input=sequence:3x1 seed=17629 | globalpool | output",
        // The first layer says less of what it takes than the type of the input.
        "as=graph examples=2 input=image:2x4x3 seed=25316 | batchnorm eps=1.0 | output",
        // A sum over a batch was taken for a mean.
        "classes=1 input=image:2x5x2 nominibatch=yes seed=32284 | output",
        // The rule had other parameters than the layer.
        "input=vector:2 | dense nobias=yes | output",
        "input=vector:2 | dense norm=yes | output",
        // No parameters.
        "examples=1 input=image:2x2x4 seed=33734 | cnnloss",
        // Noise, and centres, were taken for a SameDiff layer.
        "input=image:2x4x5 seed=14603 | conv noise=additive | output",
        "input=vector:1 seed=60608 | centerloss act=softmax loss=mcxent",
        // DL4J's gradient of this loss is off its score's slope by 1e-5.
        "classes=2 examples=2 input=vector:3 seed=97865 | output act=softmax loss=kld",
        "classes=4 examples=1 input=image:1x3x5 seed=26108 | globalpool type=SUM | dense act=elu out=2"
            + " | dense act=gelu nobias=yes out=3 | output act=softmax loss=kld",
        "classes=2 examples=1 input=flat:1x1x1 seed=64588 | output act=softmax loss=kld",
        "classes=2 examples=1 input=image:1x1x1 seed=5033 | output act=softmax loss=kld",
        "classes=2 examples=1 input=vector:1 seed=70881 | output act=softmax loss=kld",
        "classes=2 examples=1 input=image:1x3x4 seed=75211 | conv out=2 | pool"
            + " | pool kernel=3x2 padding=1x0 | loss loss=kld",
        "classes=2 examples=1 input=flat:1x4x3 seed=45566 | conv kernel=1x2 out=3"
            + " | output act=softmax loss=kld",
        "classes=3 examples=2 input=vector:2 seed=64629 | output loss=kld",
        "classes=2 examples=1 input=image:1x2x3 seed=88831 | output act=softmax loss=kld",
        "classes=3 examples=1 input=image:1x1x1 seed=89303 | dense norm=yes out=3 | loss loss=kld",
        // The slope of a kink is one number, and the gradient another: that has to be said.
        "classes=1 examples=5 input=flat:2x2x3 seed=24618 | centerloss act=relu nobias=yes",
        // Images with channels last were given channels first.
        "classes=1 examples=1 input=last:2x1x2 seed=34565 | output",
        "classes=1 examples=1 input=last:2x2x2 seed=34565 | conv kernel=1 | output",
        // Weight decay takes L2 away.
        "classes=1 decay=0.01 examples=1 input=vector:1 l2=0.01 seed=36371 | output",
        // Half of the examples met all of them, which goes for two and for no more.
        "as=graph classes=1 examples=4 input=vector:1 seed=97916 | unstack | add from=-1,0 | output",
        // DL4J's gradient has 0.3 in float32.
        "classes=3 examples=1 input=vector:1 seed=89881 | dense act=leakyrelu:0.3 out=3 | output",
        // DL4J writes over the examples that it is given.
        "classes=1 examples=1 input=vector:1 seed=61232 | activation frozen=backprop | output",
        // DL4J's gradient passes no frozen layer, and its score does.
        "as=graph classes=1 examples=1 input=tokens:1x2 seed=59562 | tokens length=2 out=1 | shift"
            + " | rnn frozen=yes out=1 | add from=0,2 | globalpool | output",
        // Weight decay of a layer takes its L2 away.
        "classes=1 examples=1 input=flat:1x1x1 seed=70977 | dense decay=0.1 l2=0.1 out=1 | output",
        "classes=1 examples=1 input=flat:1x1x1 seed=37742 | dense decay=0.1 l2=0.1 out=1 | output",
        // Along one coordinate the check's random direction took the gradient's own away.
        "classes=1 examples=1 input=vector:4 seed=79075 | centerloss loss=mape nobias=yes",
        "classes=1 examples=1 input=vector:1 seed=76772 | dense out=1 | batchnorm lock=yes"
            + " | output act=softmax loss=sparse",
        // DL4J's derivative of this activation is off by a millionth, or less.
        "classes=1 examples=1 input=flat:1x2x2 seed=69434 | dense act=gelu:1 out=1 | output",
        // What is wrong with the network as a whole names no layer.
        "classes=1 examples=1 input=vector:1 seed=43851 truncated=yes | output",
        "classes=1 examples=1 input=vector:1 seed=48110 | loss",
        "classes=1 examples=1 input=vector:1 seed=96340 | loss");
  }

  @ParameterizedTest
  @MethodSource
  void cases(String network) {
    assertThat(new Checker(new Instrument()).check(Case.parse(network)))
        .isNotInstanceOf(Outcome.Fault.class);
  }
}
