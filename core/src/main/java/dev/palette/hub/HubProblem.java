package dev.palette.hub;

import dev.palette.remote.Http;
import dev.palette.remote.RefusedException;
import dev.palette.spec.PaletteException;
import java.io.IOException;

/** Why a model cannot be had from the hub, told with what helps. */
final class HubProblem {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY = 429;

    private final HubPlaces places;
    private final ModelId model;
    private final Revision revision;

    HubProblem(HubPlaces places, ModelId model, Revision revision) {
        this.places = places;
        this.model = model;
        this.revision = revision;
    }

    /** The model is not in the cache, and nobody may be asked. */
    PaletteException offline() {
        return new PaletteException(
                "%s at %s is not whole in %s, and HF_HUB_OFFLINE forbids to fetch it; unset it, or %s"
                        .formatted(model, revision, places.cache(), elsewhere()));
    }

    PaletteException of(IOException reason) {
        return reason instanceof RefusedException refused ? of(refused) : unreachable(reason);
    }

    private PaletteException unreachable(IOException reason) {
        return new PaletteException(
                "cannot fetch %s at %s from %s: %s; what has arrived is kept, and the same command goes on from there. Behind a proxy, name it to Java: PALETTE_JAVA_OPTIONS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'; a mirror is named by HF_ENDPOINT; without a network, %s"
                        .formatted(
                                model, revision, places.endpoint(), Http.why(places.endpoint(), reason), elsewhere()),
                reason);
    }

    private PaletteException of(RefusedException refused) {
        String code = refused.header("X-Error-Code");
        if (code.equals("GatedRepo") || refused.status() == FORBIDDEN) {
            return gated(refused);
        } else if (code.equals("RevisionNotFound")) {
            return new PaletteException(
                    "%s has no branch, tag or commit '%s'; choose one of %s/%s/commits"
                            .formatted(model, revision, places.endpoint(), model),
                    refused);
        } else if (refused.status() == UNAUTHORIZED || refused.status() == NOT_FOUND) {
            return new PaletteException(
                    "%s has no model '%s' that you may read; correct the name, or where it is private, %s"
                            .formatted(places.endpoint(), model, logIn()),
                    refused);
        } else if (refused.status() == TOO_MANY) {
            return new PaletteException(
                    "%s says that too much was asked of it; wait some minutes and run again, or %s"
                            .formatted(places.endpoint(), logIn()),
                    refused);
        }
        return unreachable(refused);
    }

    private PaletteException gated(RefusedException refused) {
        return new PaletteException(
                "%s is given to those alone whom its owner admits; ask for access on %s/%s, and %s"
                        .formatted(model, places.endpoint(), model, logIn()),
                refused);
    }

    private String logIn() {
        return places.token().isPresent()
                ? "see that the token (HF_TOKEN, or %s) is valid, of an account that may read it"
                        .formatted(places.tokenFile())
                : "give your token: HF_TOKEN, or the file %s that 'hf auth login' writes".formatted(places.tokenFile());
    }

    private String elsewhere() {
        String at = revision.equals(Revision.MAIN) ? "" : " --revision " + revision;
        return "fetch it on another machine (hf download %s%s) and copy its folder %s from the cache there into %s"
                .formatted(model, at, model.folder(), places.cache());
    }
}
