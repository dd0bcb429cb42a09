"""A language model as a guest: it drafts, the checker decides what is shown.

Off unless ``TIAOWEN_LLM_URL`` names a service. What the model writes is untrusted text from
the first character to the last: it sees provisions under opaque tokens (:mod:`.offer`,
:mod:`.prompt`), its stream is cut into sentences (:mod:`.sentences`), and each sentence is
held against the regulation before anybody sees it (:mod:`.verify`). Where it fails, is late
or is refused, the deterministic answer stands (:mod:`.host`).
"""
