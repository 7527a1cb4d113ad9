package dev.palette.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.palette.kernel.Race.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Which product is fastest, by a clock that shows what the test says. */
class RaceTest {
    private static final List<Product> AUTO = List.of(Product.MATMUL, Product.CONVOLUTION, Product.BFLOAT16);

    private final List<Product> timed = new ArrayList<>();

    @Test
    void onAQuietMachineTheFastestIsFoundInThreeRounds() {
        assertThat(race(steady(3), steady(2), steady(4))).isEqualTo(new Outcome(Product.CONVOLUTION, true));
        assertThat(timed).hasSize(3 * 3);
    }

    @Test
    void candidatesTakeTurns() {
        race(steady(3), steady(2), steady(4));
        assertThat(timed.subList(0, 4))
                .containsExactly(Product.MATMUL, Product.CONVOLUTION, Product.BFLOAT16, Product.MATMUL);
    }

    @Test
    void aTieGoesToTheEarlierCandidate() {
        assertThat(race(steady(1), steady(0.98), steady(0.97))).isEqualTo(new Outcome(Product.MATMUL, true));
    }

    @Test
    void bfloat16IsTakenOnlyWhereItIsClearlyFaster() {
        assertThat(race(steady(2), steady(1), steady(0.97)).winner()).isEqualTo(Product.CONVOLUTION);
        assertThat(race(steady(2), steady(1), steady(0.9)).winner()).isEqualTo(Product.BFLOAT16);
    }

    @Test
    void oneDisturbedRoundOnlyTakesLonger() {
        assertThat(race(steady(2), round -> round == 0 ? 9 : 1, steady(3)))
                .isEqualTo(new Outcome(Product.CONVOLUTION, true));
    }

    @Test
    void aLeaderMustLeadForThreeRounds() {
        assertThat(race(steady(1), round -> round < 4 ? 1.02 : 0.5, steady(1.5)).winner())
                .isEqualTo(Product.MATMUL); // decided after three rounds, before the other shows what it can
        assertThat(race(round -> round == 0 ? 1 : 2, round -> round < 2 ? 1.5 : 0.5, steady(3)))
                .isEqualTo(new Outcome(Product.CONVOLUTION, true));
    }

    @Test
    void aMachineThatNeverShowsTheSameTimeTwiceDecidesNothing() {
        IntToDoubleFunction ever = round -> Math.pow(0.8, round);
        assertThat(race(ever, round -> 0.7 * ever.applyAsDouble(round), steady(9)))
                .isEqualTo(new Outcome(Product.MATMUL, false));
        assertThat(timed.stream().filter(Product.MATMUL::equals)).hasSize(Race.MOST_ROUNDS);
    }

    @Test
    void whatIsFarBehindAfterThreeRoundsIsTimedNoMore() {
        IntToDoubleFunction restless = round -> round < 4 ? 2 - 0.3 * round : 0.5;
        assertThat(race(restless, steady(1.2), steady(20)).decisive()).isTrue();
        assertThat(timed.stream().filter(Product.BFLOAT16::equals)).hasSize(3);
        assertThat(timed.stream().filter(Product.MATMUL::equals)).hasSizeGreaterThan(3);
    }

    private Outcome race(IntToDoubleFunction matmul, IntToDoubleFunction convolution, IntToDoubleFunction bfloat16) {
        timed.clear();
        Map<Product, IntToDoubleFunction> clocks = new EnumMap<>(
                Map.of(Product.MATMUL, matmul, Product.CONVOLUTION, convolution, Product.BFLOAT16, bfloat16));
        return Race.run(AUTO, product -> {
            int round = (int) timed.stream().filter(product::equals).count();
            timed.add(product);
            return clocks.get(product).applyAsDouble(round);
        });
    }

    private static IntToDoubleFunction steady(double seconds) {
        return round -> seconds * (1 + 0.01 * (round % 2));
    }
}
