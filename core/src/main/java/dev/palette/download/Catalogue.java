package dev.palette.download;

import dev.palette.remote.RemoteFile;
import dev.palette.task.GlueLayout;
import dev.palette.task.GlueTasks;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The published data sets.
 *
 * <p>The addresses are those of GLUE's own download script and of SQuAD's site. Neither publishes checksums; the sizes and SHA-256
 * here are those that TensorFlow Datasets and Hugging Face Datasets have published for these files, independently of each other and
 * in agreement (QQP's and MRPC's dev ids under their present address by the latter alone).
 */
public final class Catalogue {
    private static final String GLUE = "https://dl.fbaipublicfiles.com/glue/data/";
    private static final String SENTEVAL = "https://dl.fbaipublicfiles.com/senteval/senteval_data/";
    private static final String SQUAD = "https://rajpurkar.github.io/SQuAD-explorer/dataset/";

    private Catalogue() {}

    /** GLUE's ten data sets (Wang et al. 2019), in the order of the eight of Stickland &amp; Murray, then WNLI and AX. */
    public static List<DataSet> glue() {
        return List.of(
                zipped(
                        GlueLayout.COLA,
                        "CoLA.zip",
                        376_971,
                        "f212fcd832b8f7b435fb991f101abf89f96b933ab400603bf198960dfc32cbff"),
                mrpc(),
                zipped(
                        GlueLayout.MNLI,
                        "MNLI.zip",
                        312_783_507,
                        "e7c1d896d26ed6caf700110645df426cc2d8ebf02a5ab743d5a5c68ac1c83633"),
                zipped(
                        GlueLayout.RTE,
                        "RTE.zip",
                        697_150,
                        "6bf86de103ecd335f3441bd43574d23fef87ecc695977a63b82d5efb206556ee"),
                zipped(
                        GlueLayout.STS,
                        "STS-B.zip",
                        802_872,
                        "e60a6393de5a8b5b9bac5020a1554b54e3691f9d600b775bd131e613ac179c85"),
                zipped(
                        GlueLayout.SST,
                        "SST-2.zip",
                        7_439_277,
                        "d67e16fb55739c1b32cdce9877596db1c127dc322d93c082281f64057c16deaa"),
                zipped(
                        GlueLayout.QQP,
                        "QQP-clean.zip",
                        41_696_084,
                        "40e7c862c04eb26ee04b67fd900e76c45c6ba8e6d8fab4f8f1f8072a1a3fbae0"),
                zipped(
                        GlueLayout.QNLI,
                        "QNLIv2.zip",
                        10_627_589,
                        "e634e78627a29adaecd4f955359b22bf5e70f2cbd93b493f2d624138a0c0e5f5"),
                zipped(
                        GlueLayout.WNLI,
                        "WNLI.zip",
                        28_999,
                        "ae0e8e4d16f4d46d4a0a566ec7ecceccfd3fbfaa4a7a4b4e02848c0f2561ac46"),
                diagnostic());
    }

    /** SQuAD v1.1 (Rajpurkar et al. 2016): training and dev set in one folder. */
    public static List<DataSet> squad() {
        List<RemoteFile> sources = List.of(
                file(
                        SQUAD,
                        "train-v1.1.json",
                        30_288_272,
                        "3527663986b8295af4f7fcdff1ba1ff3f72d07d61a20f487cb238a6ef92fd955"),
                file(
                        SQUAD,
                        "dev-v1.1.json",
                        4_854_279,
                        "95aa6a52d5d6a735563366753ca50492a658031da74f301ac5238b03966972c9"));
        List<String> files = sources.stream().map(RemoteFile::name).toList();
        return List.of(new DataSet("squad", "squad", files, sources, Assembly.copy()));
    }

    /** The paraphrase corpus has a licence of its own, so GLUE has only the list of its dev pairs, and SentEval the corpus. */
    private static DataSet mrpc() {
        List<RemoteFile> sources = List.of(
                file(
                        SENTEVAL,
                        "msr_paraphrase_train.txt",
                        1_047_044,
                        "60a9b09084528f0673eedee2b69cb941920f0b8cd0eeccefc464a98768457f89"),
                file(
                        SENTEVAL,
                        "msr_paraphrase_test.txt",
                        441_275,
                        "a04e271090879aaba6423d65b94950c089298587d9c084bf9cd7439bd785f784"),
                file(
                        GLUE,
                        "mrpc_dev_ids.tsv",
                        6_222,
                        "971d7767d81b997fd9060ade0ec23c4fc31cbb226a55d1bd4a1bac474eb81dc7"));
        return dataSet(GlueLayout.MRPC, sources, new MrpcAssembly());
    }

    private static DataSet diagnostic() {
        RemoteFile file =
                file(GLUE, "AX.tsv", 222_257, "0e13510b1bb14436ff7e2ee82338f0efb0133ecf2e73507a697dc210db3f05fd");
        return dataSet(GlueLayout.AX, List.of(file), Assembly.copyAs("diagnostic.tsv"));
    }

    private static DataSet zipped(GlueLayout layout, String name, long bytes, String sha256) {
        return dataSet(layout, List.of(file(GLUE, name, bytes, sha256)), Assembly.unzip(layout.directory()));
    }

    private static DataSet dataSet(GlueLayout layout, List<RemoteFile> sources, Assembly assembly) {
        return new DataSet(layout.word(), layout.directory(), filesOf(layout).toList(), sources, assembly);
    }

    private static Stream<String> filesOf(GlueLayout layout) {
        return GlueTasks.of(layout).files(Path.of("")).values().stream()
                .map(file -> file.getFileName().toString());
    }

    private static RemoteFile file(String folder, String name, long bytes, String sha256) {
        return new RemoteFile(URI.create(folder + name), bytes, sha256);
    }
}
