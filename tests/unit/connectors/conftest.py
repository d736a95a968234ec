from hypothesis import settings

# Laws are about results; how long an example takes on a loaded machine says nothing (test_splitting guards speed).
settings.register_profile("laws", deadline=None)
settings.load_profile("laws")
