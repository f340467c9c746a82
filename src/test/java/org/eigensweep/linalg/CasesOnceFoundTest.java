package org.eigensweep.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Cases in which a solver once broke a promise, as {@link GeneratedOperatorsTest} shrank them. */
class CasesOnceFoundTest {
  static Stream<Arguments> cases() {
    return Stream.of(
        Arguments.of(
            "a flip of all signs, after which five zeros lead",
            "subject=TRACK seed=2622 n=9 precision=FLOAT32 pairs=6 tolerance=0.01 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=LOW_RANK "
                + "decay=0.5 negative=0.0 scale=1.0 motion=ROTATE angle=3.0E-4 steps=12 "
                + "direction=RANDOM events=FLIP@2:0:0.0"),
        Arguments.of(
            "a flip of signs with many pairs",
            "subject=TRACK seed=570353 n=28 precision=FLOAT64 pairs=20 "
                + "tolerance=0.01 which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 "
                + "shape=LOW_RANK decay=0.8 negative=0.0 scale=1.0 motion=STILL "
                + "angle=3.0E-4 steps=23 direction=RANDOM events=FLIP@15:0:0.0"),
        Arguments.of(
            "an eigenvector that a basis holds before the leading one",
            "subject=SOLVE seed=404172 n=18 precision=FLOAT64 pairs=1 "
                + "tolerance=1.0E-7 which=MAGNITUDE products=2000 basis=0 error=0.0 "
                + "rate=0.0 shape=IDENTITY decay=0.5 negative=1.5 scale=1.0 motion=STILL "
                + "angle=0.01 steps=2 direction=RANDOM events=CROSS@1:2:2.0"),
        Arguments.of(
            "an estimate that was far too small",
            "subject=PROJECT seed=251710 n=11 precision=FLOAT64 pairs=2 "
                + "tolerance=0.01 which=LARGEST products=2000 basis=0 error=0.01 rate=2.0 "
                + "shape=GAP decay=0.5 negative=0.0 scale=1.0 motion=ROTATE angle=0.1 "
                + "steps=14 direction=RANDOM events="),
        Arguments.of(
            "a flip of signs with slowly falling values",
            "subject=TRACK seed=115011 n=10 precision=FLOAT64 pairs=6 "
                + "tolerance=0.01 which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 "
                + "shape=LOW_RANK decay=0.9 negative=0.0 scale=1.0 motion=STILL "
                + "angle=0.001 steps=9 direction=RANDOM events=FLIP@2:0:0.0"),
        Arguments.of(
            "a flip and a crossing among ties",
            "subject=TRACK seed=858936 n=25 precision=FLOAT64 pairs=20 "
                + "tolerance=0.01 which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 "
                + "shape=TIES decay=0.7 negative=0.0 scale=1.0 motion=ROTATE angle=3.0E-4 "
                + "steps=7 direction=RANDOM events=CROSS@5:2:5.0,FLIP@1:1:0.0"),
        Arguments.of(
            "fewer eigenvalues than pairs",
            "subject=TRACK seed=1 n=4 precision=FLOAT64 pairs=2 tolerance=0.01 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=LOW_RANK "
                + "decay=0.5 negative=0.0 scale=1.0 motion=STILL angle=0.1 steps=2 "
                + "direction=RANDOM events="),
        Arguments.of(
            "half of the pairs are zero",
            "subject=TRACK seed=1 n=5 precision=FLOAT64 pairs=4 tolerance=1.0E-4 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=LOW_RANK "
                + "decay=0.5 negative=0.0 scale=1.0 motion=STILL angle=0.003 steps=2 "
                + "direction=RANDOM events="),
        Arguments.of(
            "values of very different size",
            "subject=TRACK seed=1 n=7 precision=FLOAT64 pairs=7 tolerance=1.0E-4 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=GEOMETRIC "
                + "decay=0.3 negative=0.0 scale=1.0 motion=STILL angle=3.0E-4 steps=2 "
                + "direction=RANDOM events="),
        Arguments.of(
            "a flip of signs in single precision",
            "subject=TRACK seed=967843 n=40 precision=FLOAT32 pairs=13 "
                + "tolerance=0.01 which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 "
                + "shape=NEGATIVE decay=0.7 negative=0.0 scale=1.0 motion=ROTATE angle=0.1 "
                + "steps=17 direction=RANDOM events=FLIP@15:0:0.0"),
        Arguments.of(
            "a large turn of outliers",
            "subject=TRACK seed=903778 n=26 precision=FLOAT64 pairs=4 tolerance=0.01 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=OUTLIERS "
                + "decay=0.99 negative=0.0 scale=1.0 motion=ROTATE angle=0.3 steps=7 "
                + "direction=LAST events=SCALE@2:2:1000.0,JUMP@5:0:0.01,GROW@6:1:3.0"),
        Arguments.of(
            "a small turn of one pair",
            "subject=TRACK seed=1 n=2 precision=FLOAT64 pairs=1 tolerance=0.001 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=GAP "
                + "decay=0.5 negative=0.0 scale=1.0 motion=ROTATE angle=0.003 steps=2 "
                + "direction=RANDOM events="),
        Arguments.of(
            "products that are not finite",
            "subject=TRACK seed=1 n=1 precision=FLOAT64 pairs=1 tolerance=1.0E-4 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=GAP "
                + "decay=0.5 negative=0.0 scale=1.0 motion=STILL angle=0.001 steps=7 "
                + "direction=RANDOM events=NOT_FINITE@6:0:0.0"),
        Arguments.of(
            "dependent columns that Hipparchus cannot decompose",
            "subject=ORTHONORMALIZE seed=600886 n=40 precision=FLOAT64 pairs=29 "
                + "tolerance=0.001 which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 "
                + "shape=LOW_RANK decay=0.5 negative=0.0 scale=1.0 motion=STILL angle=0.03 "
                + "steps=1 direction=LAST events="),
        Arguments.of(
            "the same, of a decaying spectrum",
            "subject=ORTHONORMALIZE seed=600886 n=41 precision=FLOAT64 pairs=30 "
                + "tolerance=0.001 which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 "
                + "shape=TIED_AT_THE_LAST decay=0.5 negative=0.0 scale=1.0 motion=STILL "
                + "angle=0.03 steps=30 direction=LAST events="),
        Arguments.of(
            "a jump that leaves the alignment as it was",
            "subject=PROJECT seed=1 n=2 precision=FLOAT64 pairs=1 tolerance=1.0E-4 "
                + "which=LARGEST products=2000 basis=0 error=0.01 rate=0.0 shape=GAP "
                + "decay=0.5 negative=0.0 scale=1.0 motion=STILL angle=0.3 steps=16 "
                + "direction=RANDOM events=JUMP@15:1:1.5"),
        Arguments.of(
            "a vector orthogonal to the space",
            "subject=PROJECT seed=659770 n=4 precision=FLOAT32 pairs=3 "
                + "tolerance=0.001 which=LARGEST products=2000 basis=0 error=0.01 rate=0.0 "
                + "shape=GEOMETRIC decay=0.8 negative=0.0 scale=1.0 motion=ROTATE "
                + "angle=0.1 steps=7 direction=OUTSIDE "
                + "events=TURN@1:1:6.0,CROSS@5:0:1.0,TURN@4:0:7.0"),
        Arguments.of(
            "no gap behind the last pair",
            "subject=PROJECT seed=771134 n=13 precision=FLOAT64 pairs=5 "
                + "tolerance=1.0E-6 which=LARGEST products=2000 basis=0 error=0.1 rate=0.0 "
                + "shape=FLAT decay=0.5 negative=0.0 scale=1.0 motion=ROTATE angle=0.3 "
                + "steps=7 direction=RANDOM events="),
        Arguments.of(
            "two vectors exchanged in one step",
            "subject=PROJECT seed=914868 n=2 precision=FLOAT64 pairs=1 "
                + "tolerance=1.0E-4 which=LARGEST products=2000 basis=0 error=0.01 "
                + "rate=0.0 shape=GAP decay=0.5 negative=0.0 scale=1.0 motion=STILL "
                + "angle=0.001 steps=6 direction=RANDOM events=TURN@5:0:1.0"),
        Arguments.of(
            "a negative end that outweighs the rest",
            "subject=PROJECT seed=622258 n=15 precision=FLOAT64 pairs=2 "
                + "tolerance=1.0E-5 which=LARGEST products=2000 basis=0 error=0.1 rate=0.0 "
                + "shape=GAP decay=0.5 negative=10.0 scale=1.0 motion=ROTATE angle=0.01 "
                + "steps=6 direction=GRADIENT events="),
        Arguments.of(
            "largest magnitude, and a negative end",
            "subject=PROJECT seed=644640 n=8 precision=FLOAT64 pairs=4 "
                + "tolerance=1.0E-7 which=MAGNITUDE products=2000 basis=0 error=0.0 "
                + "rate=0.0 shape=GAP decay=0.5 negative=1.5 scale=1.0 motion=ROTATE "
                + "angle=3.0E-4 steps=10 direction=OUTSIDE events="),
        Arguments.of(
            "no error allowed, a jittering space",
            "subject=PROJECT seed=426358 n=11 precision=FLOAT64 pairs=5 "
                + "tolerance=0.001 which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 "
                + "shape=OUTLIERS decay=0.5 negative=0.0 scale=1.0 motion=JITTER angle=0.1 "
                + "steps=19 direction=OUTSIDE events="),
        Arguments.of(
            "products that are not finite, of one dimension",
            "subject=PROJECT seed=1 n=1 precision=FLOAT64 pairs=1 tolerance=0.001 "
                + "which=LARGEST products=2000 basis=0 error=0.0 rate=0.0 shape=GAP "
                + "decay=0.5 negative=0.0 scale=1.0 motion=STILL angle=3.0E-4 steps=7 "
                + "direction=RANDOM events=NOT_FINITE@6:0:0.0"),
        Arguments.of(
            "several eigenvectors turn by 17 degrees at once",
            "subject=PROJECT seed=315814 n=27 precision=FLOAT64 pairs=2 "
                + "tolerance=1.0E-8 which=LARGEST products=2000 basis=0 error=0.001 "
                + "rate=0.5 shape=GAP decay=0.5 negative=0.0 scale=1.0 motion=JITTER "
                + "angle=0.3 steps=2 direction=RANDOM events="),
        Arguments.of(
            "one eigenvector jumps by 45 degrees",
            "subject=PROJECT seed=1 n=50 precision=FLOAT64 pairs=4 tolerance=1.0E-4 "
                + "which=LARGEST products=2000 basis=0 error=0.001 rate=2.0 shape=GAP "
                + "decay=0.5 negative=0.0 scale=1.0 motion=STILL angle=0.003 steps=2 "
                + "direction=RANDOM events=TURN@1:2:2.0"),
        Arguments.of(
            "one eigenvector turns where there is no gap",
            "subject=PROJECT seed=908393 n=27 precision=FLOAT64 pairs=20 "
                + "tolerance=1.0E-7 which=LARGEST products=2000 basis=0 error=0.1 "
                + "rate=20.0 shape=FLAT decay=0.5 negative=0.0 scale=1.0 motion=STILL "
                + "angle=0.003 steps=10 direction=GRADIENT events=TURN@1:1:7.0"),
        Arguments.of(
            "one eigenvector turns towards a vector outside",
            "subject=PROJECT seed=41556 n=17 precision=FLOAT64 pairs=5 "
                + "tolerance=1.0E-5 which=LARGEST products=2000 basis=0 error=0.01 "
                + "rate=0.0 shape=GAP decay=0.5 negative=0.0 scale=1.0 motion=STILL "
                + "angle=3.0E-4 steps=3 direction=OUTSIDE events=TURN@1:0:3.0"),
        Arguments.of(
            "a jump of a plane that the vector hardly meets",
            "subject=PROJECT seed=839244 n=8 precision=FLOAT64 pairs=3 "
                + "tolerance=1.0E-8 which=LARGEST products=2000 basis=0 error=0.01 "
                + "rate=2.0 shape=GAP decay=0.5 negative=0.0 scale=1.0 motion=STILL "
                + "angle=0.01 steps=3 direction=RANDOM events=JUMP@2:2:0.5"),
        Arguments.of(
            "ties that a search finds after it had converged",
            "subject=TRACK seed=7497 n=201 precision=FLOAT64 pairs=17 "
                + "tolerance=1.0E-8 which=LARGEST products=2000 basis=0 error=0.0 "
                + "rate=0.0 shape=TIES decay=0.3 negative=0.0 scale=1.0 motion=STILL "
                + "angle=0.1 steps=4 direction=RANDOM events=FLIP@2:3:0.0,TURN@1:2:2.0"),
        Arguments.of(
            "a forecast from points that stood while the space turned",
            "subject=PROJECT seed=7987 n=14 precision=FLOAT64 pairs=1 "
                + "tolerance=1.0E-5 which=MAGNITUDE products=2000 basis=0 error=0.001 "
                + "rate=0.0 shape=FLAT decay=0.5 negative=0.0 scale=1.0 motion=JITTER "
                + "angle=0.001 steps=24 direction=NOISY events=TURN@21:1:3.0"),
        Arguments.of(
            "a forecast after a turn and a jump",
            "subject=PROJECT seed=805975 n=5 precision=FLOAT64 pairs=1 "
                + "tolerance=0.001 which=LARGEST products=2000 basis=0 error=1.0E-4 "
                + "rate=0.0 shape=GEOMETRIC decay=0.5 negative=0.0 scale=1.0 "
                + "motion=JITTER angle=0.03 steps=10 direction=LAST "
                + "events=JUMP@6:3:1.0,TURN@1:1:3.0"),
        Arguments.of(
            "a forecast that lies on the other side of the latest space",
            "subject=PROJECT seed=91159 n=22 precision=FLOAT64 pairs=20 "
                + "tolerance=0.001 which=LARGEST products=2000 basis=0 error=0.001 "
                + "rate=0.0 shape=RANDOM decay=0.5 negative=0.0 scale=1.0 motion=JITTER "
                + "angle=0.001 steps=9 direction=NEXT events=TURN@7:1:2.0"),
        Arguments.of(
            "a turn towards the far end of the spectrum",
            "subject=PROJECT seed=1 n=17 precision=FLOAT64 pairs=1 tolerance=1.0E-6 "
                + "which=LARGEST products=2000 basis=0 error=0.01 rate=0.0 shape=GAP "
                + "decay=0.5 negative=10.0 scale=1.0 motion=STILL angle=0.03 steps=4 "
                + "direction=RANDOM events=TURN@3:2:3.0"),
        Arguments.of(
            "the pair at the edge moves, the others hardly",
            "subject=PROJECT seed=897408 n=16 precision=FLOAT64 pairs=6 "
                + "tolerance=1.0E-5 which=LARGEST products=2000 basis=0 error=1.0E-4 "
                + "rate=2.0 shape=GEOMETRIC decay=0.7 negative=0.0 scale=1.0 "
                + "motion=JITTER angle=0.01 steps=2 direction=GRADIENT events="),
        Arguments.of(
            "a vector whose curvature is far below the edge",
            "subject=PROJECT seed=824688 n=7 precision=FLOAT64 pairs=1 "
                + "tolerance=1.0E-4 which=LARGEST products=2000 basis=0 error=0.001 "
                + "rate=0.0 shape=GAP decay=0.5 negative=1.0 scale=1.0 motion=ROTATE "
                + "angle=0.1 steps=2 direction=RANDOM events="),
        Arguments.of(
            "a projection that changes sides",
            "subject=PROJECT seed=909931 n=10 precision=FLOAT64 pairs=1 "
                + "tolerance=1.0E-8 which=LARGEST products=2000 basis=0 error=1.0E-4 "
                + "rate=0.0 shape=GAP decay=0.5 negative=1.0 scale=1.0 motion=JITTER "
                + "angle=0.003 steps=3 direction=OUTSIDE events="),
        Arguments.of(
            "a block at the limit of its rounding",
            "subject=ORTHONORMALIZE seed=467256 n=18 precision=FLOAT64 pairs=11 "
                + "tolerance=1.0E-8 which=LARGEST products=2000 basis=0 error=0.0 "
                + "rate=0.0 shape=NEGATIVE decay=0.3 negative=0.9 scale=1.0 motion=STILL "
                + "angle=0.003 steps=1 direction=RANDOM events="));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void keepEveryPromise(String name, String text) {
    assertThat(GeneratedRun.of(GeneratedCase.parse(text), Followers.REAL).complaint()).isEmpty();
  }
}
