#config.active_storage.service = :local
