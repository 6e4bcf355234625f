"""更新台账: a newer version of a paper is put over the ledger of the older one; nothing reported is lost."""
