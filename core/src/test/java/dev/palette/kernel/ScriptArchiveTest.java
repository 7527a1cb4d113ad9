package dev.palette.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class ScriptArchiveTest {
    private static final String METHODS = "def twice(self, x: Tensor) -> Tensor:\n  return x + x\n";

    @Test
    void theArchiveHoldsCodeAnObjectConstantsAndAVersion() throws IOException {
        assertThat(entries(ScriptArchive.pack(METHODS)))
                .containsOnlyKeys("ops/data.pkl", "ops/code/__torch__.py", "ops/constants.pkl", "ops/version");
    }

    /** libtorch reads stored entries only. */
    @Test
    void nothingIsCompressed() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ScriptArchive.pack(METHODS)))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                assertThat(entry.getMethod()).as(entry.getName()).isEqualTo(ZipEntry.STORED);
            }
        }
    }

    @Test
    void theMethodsBecomeMembersOfAModule() throws IOException {
        byte[] code = entries(ScriptArchive.pack(METHODS)).get("ops/code/__torch__.py");
        assertThat(new String(code, UTF_8)).isEqualTo("""
                        class Ops(Module):
                          __parameters__ = []
                          __buffers__ = []
                          training : bool
                          def twice(self: __torch__.Ops, x: Tensor) -> Tensor:
                            return x + x
                        """);
    }

    @Test
    void theObjectIsOfThatClassAndThereAreNoConstants() throws IOException {
        Map<String, byte[]> entries = entries(ScriptArchive.pack(METHODS));
        assertThat(new String(entries.get("ops/data.pkl"), ISO_8859_1))
                .startsWith("\u0080\u0002c__torch__\nOps\n")
                .endsWith(".");
        assertThat(entries.get("ops/constants.pkl")).containsExactly(0x80, 2, ')', '.');
        assertThat(entries.get("ops/version")).containsExactly('3', '\n');
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        }
        return entries;
    }
}
