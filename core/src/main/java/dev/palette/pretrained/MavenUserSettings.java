package dev.palette.pretrained;

import dev.palette.spec.PaletteException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.RepositorySystemSession.SessionBuilder;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.jspecify.annotations.Nullable;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/**
 * What a person has told Maven in {@code settings.xml}: mirrors, proxies, servers' passwords (decrypted), repositories of active
 * profiles, the local repository. The file in the home folder goes before the one of Maven's installation.
 */
final class MavenUserSettings {
    private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

    private final Settings settings;
    private final SettingsDecryptionResult secrets;
    private final Path localRepository;

    private MavenUserSettings(Settings settings, SettingsDecryptionResult secrets, Path localRepository) {
        this.settings = settings;
        this.secrets = secrets;
        this.localRepository = localRepository;
    }

    /** Reads the settings of the person whose home folder this is; none at all are fine. */
    static MavenUserSettings read(Path home, @Nullable String localRepository) {
        Path folder = home.resolve(".m2");
        DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest()
                .setSystemProperties(System.getProperties())
                .setUserSettingsFile(folder.resolve("settings.xml").toFile());
        installation().map(Path::toFile).ifPresent(request::setGlobalSettingsFile);
        Settings settings;
        try {
            settings = new DefaultSettingsBuilderFactory()
                    .newInstance()
                    .build(request)
                    .getEffectiveSettings();
        } catch (SettingsBuildingException e) {
            throw new PaletteException(
                    "Maven's settings cannot be read: %s; correct them".formatted(e.getMessage()), e);
        }
        String security = folder.resolve("settings-security.xml").toString();
        SettingsDecryptionResult secrets = new DefaultSettingsDecrypter(
                        new DefaultSecDispatcher(new DefaultPlexusCipher(), Map.of(), security))
                .decrypt(new DefaultSettingsDecryptionRequest(settings));
        String local = localRepository == null ? settings.getLocalRepository() : localRepository;
        return new MavenUserSettings(settings, secrets, local == null ? folder.resolve("repository") : Path.of(local));
    }

    /** Where Maven keeps what it has fetched. */
    Path localRepository() {
        return localRepository;
    }

    /** Tells a session of mirrors, proxies, passwords and whether to stay offline. */
    SessionBuilder applyTo(SessionBuilder session) {
        DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
        settings.getMirrors()
                .forEach(mirror -> mirrors.add(
                        mirror.getId(),
                        mirror.getUrl(),
                        mirror.getLayout(),
                        false,
                        mirror.isBlocked(),
                        mirror.getMirrorOf(),
                        mirror.getMirrorOfLayouts()));
        DefaultProxySelector proxies = new DefaultProxySelector();
        secrets.getProxies().stream()
                .filter(Proxy::isActive)
                .forEach(proxy -> proxies.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(),
                                proxy.getHost(),
                                proxy.getPort(),
                                new AuthenticationBuilder()
                                        .addUsername(proxy.getUsername())
                                        .addPassword(proxy.getPassword())
                                        .build()),
                        proxy.getNonProxyHosts()));
        DefaultAuthenticationSelector servers = new DefaultAuthenticationSelector();
        for (Server server : secrets.getServers()) {
            servers.add(
                    server.getId(),
                    new AuthenticationBuilder()
                            .addUsername(server.getUsername())
                            .addPassword(server.getPassword())
                            .addPrivateKey(server.getPrivateKey(), server.getPassphrase())
                            .build());
        }
        return session.setMirrorSelector(mirrors)
                .setProxySelector(proxies)
                .setAuthenticationSelector(servers)
                .setOffline(settings.isOffline());
    }

    /** Maven Central and the repositories of active profiles, which may put another in Central's place. */
    List<RemoteRepository> repositories() {
        Map<String, RemoteRepository> byId = new LinkedHashMap<>();
        byId.put("central", new RemoteRepository.Builder("central", "default", CENTRAL).build());
        activeProfiles()
                .flatMap(profile -> profile.getRepositories().stream())
                .forEach(repository -> byId.put(repository.getId(), remote(repository)));
        return new ArrayList<>(byId.values());
    }

    private static RemoteRepository remote(Repository repository) {
        return new RemoteRepository.Builder(repository.getId(), repository.getLayout(), repository.getUrl()).build();
    }

    private Stream<Profile> activeProfiles() {
        return settings.getProfiles().stream()
                .filter(profile -> settings.getActiveProfiles().contains(profile.getId())
                        || (profile.getActivation() != null
                                && profile.getActivation().isActiveByDefault()));
    }

    private static Optional<Path> installation() {
        return Stream.of("MAVEN_HOME", "M2_HOME")
                .map(System::getenv)
                .filter(folder -> folder != null && !folder.isBlank())
                .map(folder -> Path.of(folder, "conf", "settings.xml"))
                .filter(Files::isRegularFile)
                .findFirst();
    }
}
