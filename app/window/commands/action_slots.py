"""What every action of `SPECS` does."""

from __future__ import annotations

from collections.abc import Callable

from zscape.app.widgets.pasted import pasted
from zscape.app.window.files.dropped import take
from zscape.app.window.parts import WindowParts


def what_each_does(window: WindowParts) -> dict[str, Callable[[], object]]:
    """For the name of every action in `SPECS`, what it does in `window`."""

    def latent(what: str) -> None:
        if "latent" in window.docks.panels:
            getattr(window.docks.panels["latent"], what)()

    def zoom(how: str) -> None:
        if (view := window.shown_view()) is not None:
            view.zoom(how)

    return {
        "open_model": lambda: window.dialogs.open_model(),
        "choose_model": lambda: window.choice.bundled.open(),
        "open_session": lambda: window.dialogs.open_session(),
        "save_session": lambda: window.dialogs.save_session(),
        "save_session_as": lambda: window.dialogs.save_session_as(),
        "save_picture": lambda: window.dialogs.save_picture(),
        "export": lambda: window.dialogs.export_animation(),
        "film": lambda: window.dialogs.export_film(),
        "exports": lambda: window.dialogs.exports(),
        "encode": lambda: window.dialogs.encode_folder(),
        "quit": window.close,
        "paste": lambda: window.opener.attempt(lambda: take(pasted(), window.opener)),
        "copy": lambda: window.dialogs.copy_picture(),
        "copy_recipe": lambda: window.dialogs.copy_recipe(),
        "roll": lambda: latent("roll"),
        "keep": lambda: window.session.keep(window.session.point),
        "reset": lambda: latent("reset_all"),
        "shortcuts": lambda: window.dialogs.shortcuts(window.actions_by_name),
        "animate": lambda: window.timeline.animate_shelf(),
        "film_classes": lambda: window.films.class_sweep(),
        "film_styles": lambda: window.films.style_sweep(),
        "film_random": lambda: window.films.random(),
        "film_noise": lambda: window.films.noise(),
        "film_point": lambda: window.films.classes(),
        "film_type": lambda: window.films.word(),
        "film_reveal": lambda: window.films.reveal(),
        "film_ages": lambda: window.films.ages(),
        "even": lambda: window.timeline.toggle_even(),
        "drift": lambda: window.live_tools.drift.toggle(),
        "control": lambda: window.live_tools.show_control(),
        "second": lambda: window.live_tools.toggle_second(),
        "second_sheet": lambda: window.live_tools.switch_second(),
        "timeline": lambda: window.timeline.show_or_hide(),
        "play": lambda: window.timeline.toggle_play(),
        "record": lambda: window.timeline.record(),
        "sound": lambda: window.timeline.choose_sound(),
        "full_screen": lambda: window.showNormal() if window.isFullScreen() else window.showFullScreen(),
        "light": lambda: window.set_theme("light"),
        "dark": lambda: window.set_theme("dark"),
        "system": lambda: window.set_theme("system"),
        "next_panel": lambda: window.focus_order.step_area(True),
        "previous_panel": lambda: window.focus_order.step_area(False),
        "fit": lambda: zoom("fit"),
        "zoom_in": lambda: zoom("in"),
        "zoom_out": lambda: zoom("out"),
        "search": lambda: window.header.search.start(),
        "help": lambda: window.dialogs.help(window.actions_by_name),
        "tour": lambda: window.tour.start(),
        "about": lambda: window.dialogs.about(),
    }
