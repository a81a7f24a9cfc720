"""The tabs beside the form: the data that is chosen, or the newest run."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

DATA, RUN = 0, 1


class TrainTabs(QVBoxLayout):
    """bar: the tabs DATA and RUN. pages: what they show."""

    def __init__(self, data: QWidget, run: QWidget) -> None:
        super().__init__()
        self.setSpacing(8)
        self.bar, self.pages = QTabBar(), QStackedWidget()
        self.bar.setObjectName("pages")
        self.bar.setDrawBase(False)
        self.bar.setExpanding(False)
        self.bar.setAccessibleName("Data or run")
        self.bar.setToolTip("What is shown: the data that is chosen, or the newest run")
        for name, page in (("Data", data), ("Run", run)):
            self.bar.addTab(name)
            self.pages.addWidget(page)
        self.bar.currentChanged.connect(self.pages.setCurrentIndex)
        self.addWidget(self.bar)
        self.addWidget(self.pages, 1)
