CREATE TABLE `organization` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `name` VARCHAR(120) NOT NULL,
  `slug` VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `organization_slug_key` (`slug`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `setting` (
  `organizationId` INT UNSIGNED NOT NULL,
  `key` VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `value` JSON NOT NULL,
  `updatedById` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`organizationId`, `key`),
  CONSTRAINT `setting_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `role` (
  `key` VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`key`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `permission` (
  `key` VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `addedAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`key`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `role_permission` (
  `organizationId` INT UNSIGNED NOT NULL,
  `roleKey` VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `permissionKey` VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`organizationId`, `roleKey`, `permissionKey`),
  INDEX `role_permission_roleKey_idx` (`roleKey`),
  INDEX `role_permission_permissionKey_idx` (`permissionKey`),
  CONSTRAINT `role_permission_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`) ON DELETE CASCADE,
  CONSTRAINT `role_permission_role_fkey` FOREIGN KEY (`roleKey`) REFERENCES `role` (`key`) ON DELETE CASCADE,
  CONSTRAINT `role_permission_permission_fkey` FOREIGN KEY (`permissionKey`) REFERENCES `permission` (`key`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `user` (
  `id` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `organizationId` INT UNSIGNED NOT NULL,
  `email` VARCHAR(254) NOT NULL,
  `emailVerified` BOOLEAN NOT NULL DEFAULT false,
  `name` VARCHAR(120) NOT NULL,
  `image` VARCHAR(500) NULL,
  `role` VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `lastSeenAt` DATETIME(3) NULL,
  `disabledAt` DATETIME(3) NULL,
  `oneTimePasswordUntil` DATETIME(3) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `user_email_key` (`email`),
  UNIQUE INDEX `user_organizationId_id_key` (`organizationId`, `id`),
  INDEX `user_organizationId_name_id_idx` (`organizationId`, `name`, `id`),
  INDEX `user_role_idx` (`role`),
  CONSTRAINT `user_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `user_role_fkey` FOREIGN KEY (`role`) REFERENCES `role` (`key`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `session` (
  `id` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `userId` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `token` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `expiresAt` DATETIME(3) NOT NULL,
  `ipAddress` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `userAgent` VARCHAR(500) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `session_token_key` (`token`),
  INDEX `session_userId_updatedAt_idx` (`userId`, `updatedAt`),
  INDEX `session_expiresAt_idx` (`expiresAt`),
  CONSTRAINT `session_user_fkey` FOREIGN KEY (`userId`) REFERENCES `user` (`id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `account` (
  `id` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `userId` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `accountId` VARCHAR(191) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `providerId` VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `accessToken` TEXT NULL,
  `refreshToken` TEXT NULL,
  `idToken` TEXT NULL,
  `accessTokenExpiresAt` DATETIME(3) NULL,
  `refreshTokenExpiresAt` DATETIME(3) NULL,
  `scope` VARCHAR(500) NULL,
  `password` VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `account_providerId_accountId_key` (`providerId`, `accountId`),
  INDEX `account_userId_idx` (`userId`),
  CONSTRAINT `account_user_fkey` FOREIGN KEY (`userId`) REFERENCES `user` (`id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `verification` (
  `id` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `identifier` VARCHAR(255) NOT NULL,
  `value` TEXT NOT NULL,
  `expiresAt` DATETIME(3) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `verification_identifier_idx` (`identifier`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `team` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `name` VARCHAR(120) NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`organizationId`, `id`),
  UNIQUE INDEX `team_organizationId_name_key` (`organizationId`, `name`),
  INDEX `team_id_idx` (`id`),
  CONSTRAINT `team_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `team_manager` (
  `organizationId` INT UNSIGNED NOT NULL,
  `teamId` INT UNSIGNED NOT NULL,
  `userId` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`organizationId`, `teamId`, `userId`),
  INDEX `team_manager_organizationId_userId_idx` (`organizationId`, `userId`),
  CONSTRAINT `team_manager_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `team_manager_team_fkey` FOREIGN KEY (`organizationId`, `teamId`) REFERENCES `team` (`organizationId`, `id`) ON DELETE CASCADE,
  CONSTRAINT `team_manager_user_fkey` FOREIGN KEY (`organizationId`, `userId`) REFERENCES `user` (`organizationId`, `id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `agent_profile` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `userId` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `teamId` INT UNSIGNED NULL,
  `extension` VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `sipUsername` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `sipPasswordEncrypted` VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `wrapUpSeconds` SMALLINT NULL,
  `ringTimeoutSeconds` SMALLINT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`organizationId`, `id`),
  UNIQUE INDEX `agent_profile_userId_key` (`userId`),
  UNIQUE INDEX `agent_profile_sipUsername_key` (`sipUsername`),
  UNIQUE INDEX `agent_profile_organizationId_userId_key` (`organizationId`, `userId`),
  UNIQUE INDEX `agent_profile_organizationId_extension_key` (`organizationId`, `extension`),
  INDEX `agent_profile_organizationId_teamId_idx` (`organizationId`, `teamId`),
  INDEX `agent_profile_id_idx` (`id`),
  CONSTRAINT `agent_profile_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `agent_profile_user_fkey` FOREIGN KEY (`organizationId`, `userId`) REFERENCES `user` (`organizationId`, `id`),
  CONSTRAINT `agent_profile_team_fkey` FOREIGN KEY (`organizationId`, `teamId`) REFERENCES `team` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `stored_file` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `key` VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `sizeBytes` BIGINT UNSIGNED NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`organizationId`, `id`),
  UNIQUE INDEX `stored_file_key_key` (`key`),
  INDEX `stored_file_id_idx` (`id`),
  CONSTRAINT `stored_file_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `campaign` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `name` VARCHAR(200) NOT NULL,
  `status` VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `updatedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`organizationId`, `id`),
  INDEX `campaign_id_idx` (`id`),
  CONSTRAINT `campaign_status_check` CHECK (`status` IN ('draft', 'running', 'paused', 'finished')),
  CONSTRAINT `campaign_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sheet` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `uuid` BINARY(16) NOT NULL,
  `campaignId` INT UNSIGNED NOT NULL,
  `uploadedById` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `fileId` INT UNSIGNED NOT NULL,
  `name` VARCHAR(200) NOT NULL,
  `fileName` VARCHAR(255) NOT NULL,
  `format` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `status` VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `dialerSessionId` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `dialerSeenAt` DATETIME(3) NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`organizationId`, `id`),
  UNIQUE INDEX `sheet_uuid_key` (`uuid`),
  INDEX `sheet_organizationId_uploadedById_id_idx` (`organizationId`, `uploadedById`, `id`),
  INDEX `sheet_organizationId_campaignId_idx` (`organizationId`, `campaignId`),
  INDEX `sheet_organizationId_fileId_idx` (`organizationId`, `fileId`),
  INDEX `sheet_id_idx` (`id`),
  CONSTRAINT `sheet_status_check` CHECK (`status` IN ('uploaded', 'importing', 'ready', 'running', 'paused', 'finished')),
  CONSTRAINT `sheet_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `sheet_campaign_fkey` FOREIGN KEY (`organizationId`, `campaignId`) REFERENCES `campaign` (`organizationId`, `id`),
  CONSTRAINT `sheet_uploadedBy_fkey` FOREIGN KEY (`organizationId`, `uploadedById`) REFERENCES `user` (`organizationId`, `id`),
  CONSTRAINT `sheet_file_fkey` FOREIGN KEY (`organizationId`, `fileId`) REFERENCES `stored_file` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sheet_import` (
  `organizationId` INT UNSIGNED NOT NULL,
  `sheetId` INT UNSIGNED NOT NULL,
  `state` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `mapping` JSON NOT NULL,
  `country` CHAR(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `rows` INT UNSIGNED NULL,
  `taken` INT UNSIGNED NULL,
  `duplicates` INT UNSIGNED NULL,
  `rejected` INT UNSIGNED NULL,
  `notData` INT UNSIGNED NULL,
  `known` INT UNSIGNED NULL,
  `written` INT UNSIGNED NOT NULL DEFAULT 0,
  `failure` VARCHAR(300) NULL,
  `failureReason` VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `queuedAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `doneAt` DATETIME(3) NULL,
  PRIMARY KEY (`organizationId`, `sheetId`),
  CONSTRAINT `sheet_import_state_check` CHECK (`state` IN ('queued', 'reading', 'writing', 'done', 'failed')),
  CONSTRAINT `sheet_import_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `sheet_import_sheet_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sheet_issue` (
  `organizationId` INT UNSIGNED NOT NULL,
  `sheetId` INT UNSIGNED NOT NULL,
  `line` INT UNSIGNED NOT NULL,
  `kind` VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `reason` VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `message` VARCHAR(300) NOT NULL,
  `values` JSON NOT NULL,
  PRIMARY KEY (`organizationId`, `sheetId`, `line`),
  INDEX `sheet_issue_organizationId_sheetId_kind_line_idx` (`organizationId`, `sheetId`, `kind`, `line`),
  CONSTRAINT `sheet_issue_kind_check` CHECK (`kind` IN ('duplicate', 'rejected', 'known', 'not-data')),
  CONSTRAINT `sheet_issue_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `sheet_issue_sheet_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `sheet_tally` (
  `organizationId` INT UNSIGNED NOT NULL,
  `sheetId` INT UNSIGNED NOT NULL,
  `status` VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `lastStatus` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `slot` TINYINT UNSIGNED NOT NULL,
  `leads` INT NOT NULL,
  PRIMARY KEY (`organizationId`, `sheetId`, `status`, `lastStatus`, `slot`),
  CONSTRAINT `sheet_tally_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `sheet_tally_sheet_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `lead` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `campaignId` INT UNSIGNED NOT NULL,
  `sheetId` INT UNSIGNED NOT NULL,
  `line` INT UNSIGNED NOT NULL,
  `rank` INT NOT NULL,
  `phone` VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `extension` VARCHAR(20) NULL,
  `alternatePhones` JSON NOT NULL,
  `name` VARCHAR(200) NULL,
  `data` JSON NOT NULL,
  `status` VARCHAR(12) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'new',
  `attempts` SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  `carrierFaults` TINYINT UNSIGNED NOT NULL DEFAULT 0,
  `lastStatus` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `lastCallUuid` BINARY(16) NULL,
  `lastCallAt` DATETIME(3) NULL,
  PRIMARY KEY (`organizationId`, `id`),
  UNIQUE INDEX `lead_organizationId_sheetId_line_key` (`organizationId`, `sheetId`, `line`),
  INDEX `lead_organizationId_campaignId_idx` (`organizationId`, `campaignId`),
  INDEX `lead_organizationId_phone_idx` (`organizationId`, `phone`),
  INDEX `lead_organizationId_sheetId_status_rank_idx` (`organizationId`, `sheetId`, `status`, `rank`),
  INDEX `lead_organizationId_sheetId_lastCallAt_idx` (`organizationId`, `sheetId`, `lastCallAt`),
  INDEX `lead_id_idx` (`id`),
  CONSTRAINT `lead_status_check` CHECK (`status` IN ('new', 'in-progress', 'done', 'skipped')),
  CONSTRAINT `lead_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `lead_campaign_fkey` FOREIGN KEY (`organizationId`, `campaignId`) REFERENCES `campaign` (`organizationId`, `id`),
  CONSTRAINT `lead_sheet_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `contact` (
  `id` INT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `number` VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `name` VARCHAR(200) NULL,
  PRIMARY KEY (`organizationId`, `id`),
  UNIQUE INDEX `contact_organizationId_number_key` (`organizationId`, `number`),
  INDEX `contact_id_idx` (`id`),
  CONSTRAINT `contact_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `contact_word` (
  `organizationId` INT UNSIGNED NOT NULL,
  `word` VARCHAR(40) NOT NULL,
  `contactId` INT UNSIGNED NOT NULL,
  PRIMARY KEY (`organizationId`, `word`, `contactId`),
  INDEX `contact_word_organizationId_contactId_idx` (`organizationId`, `contactId`),
  CONSTRAINT `contact_word_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `contact_word_contact_fkey` FOREIGN KEY (`organizationId`, `contactId`) REFERENCES `contact` (`organizationId`, `id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `contact_part` (
  `organizationId` INT UNSIGNED NOT NULL,
  `part` INT UNSIGNED NOT NULL,
  `contactId` INT UNSIGNED NOT NULL,
  PRIMARY KEY (`organizationId`, `part`, `contactId`),
  INDEX `contact_part_organizationId_contactId_idx` (`organizationId`, `contactId`),
  CONSTRAINT `contact_part_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `contact_part_contact_fkey` FOREIGN KEY (`organizationId`, `contactId`) REFERENCES `contact` (`organizationId`, `id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `call` (
  `id` BIGINT UNSIGNED NOT NULL,
  `organizationId` INT UNSIGNED NOT NULL,
  `uuid` BINARY(16) NOT NULL,
  `agentId` INT UNSIGNED NOT NULL,
  `teamId` INT UNSIGNED NULL,
  `campaignId` INT UNSIGNED NULL,
  `sheetId` INT UNSIGNED NULL,
  `leadId` INT UNSIGNED NULL,
  `contactId` INT UNSIGNED NULL,
  `direction` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `destination` VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `status` VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `reached` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `fault` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `sipCode` SMALLINT UNSIGNED NULL,
  `cause` VARCHAR(200) NULL,
  `hangupBy` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `sipCallId` VARCHAR(255) NULL,
  `attempt` SMALLINT UNSIGNED NULL,
  `startedAt` DATETIME(3) NOT NULL,
  `ringingAt` DATETIME(3) NULL,
  `answeredAt` DATETIME(3) NULL,
  `endedAt` DATETIME(3) NULL,
  `ringMs` INT UNSIGNED NULL,
  `talkMs` INT UNSIGNED NULL,
  `durationMs` INT UNSIGNED NULL,
  `interrupted` BOOLEAN NOT NULL DEFAULT false,
  `recorded` BOOLEAN NOT NULL DEFAULT false,
  `kind` TINYINT UNSIGNED AS (FIELD(`status`, 'in-progress', 'answered', 'busy', 'no-answer', 'rejected', 'invalid-number', 'failed', 'cancelled') * 4
    + (`direction` = 'inbound') * 2 + `recorded`) STORED,
  `durationClass` TINYINT UNSIGNED AS (LENGTH(BIN(`durationMs` DIV 1000))) STORED,
  PRIMARY KEY (`organizationId`, `id`),
  UNIQUE INDEX `call_uuid_key` (`uuid`),
  INDEX `call_organizationId_leadId_idx` (`organizationId`, `leadId`),
  INDEX `call_organizationId_contactId_idx` (`organizationId`, `contactId`),
  INDEX `call_agent` (`organizationId`, `agentId`, `id`, `kind`),
  INDEX `call_team` (`organizationId`, `teamId`, `id`, `kind`),
  INDEX `call_campaign` (`organizationId`, `campaignId`, `id`, `kind`),
  INDEX `call_sheet` (`organizationId`, `sheetId`, `id`, `kind`),
  INDEX `call_kind` (`organizationId`, `kind`, `id`),
  INDEX `call_duration` (`organizationId`, `durationClass`, `id`, `durationMs`),
  CONSTRAINT `call_direction_check` CHECK (`direction` IN ('outbound', 'inbound')),
  CONSTRAINT `call_status_check` CHECK (`status` IN ('in-progress', 'answered', 'busy', 'no-answer', 'rejected', 'invalid-number', 'failed', 'cancelled')),
  CONSTRAINT `call_reached_check` CHECK (`reached` IN ('not-sent', 'sent', 'ringing', 'answered')),
  CONSTRAINT `call_fault_check` CHECK (`fault` IN ('none', 'local', 'switch', 'carrier', 'server')),
  CONSTRAINT `call_hangupBy_check` CHECK (`hangupBy` IN ('agent', 'remote', 'system')),
  CONSTRAINT `call_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `call_agent_fkey` FOREIGN KEY (`organizationId`, `agentId`) REFERENCES `agent_profile` (`organizationId`, `id`),
  CONSTRAINT `call_team_fkey` FOREIGN KEY (`organizationId`, `teamId`) REFERENCES `team` (`organizationId`, `id`),
  CONSTRAINT `call_campaign_fkey` FOREIGN KEY (`organizationId`, `campaignId`) REFERENCES `campaign` (`organizationId`, `id`),
  CONSTRAINT `call_sheet_fkey` FOREIGN KEY (`organizationId`, `sheetId`) REFERENCES `sheet` (`organizationId`, `id`),
  CONSTRAINT `call_lead_fkey` FOREIGN KEY (`organizationId`, `leadId`) REFERENCES `lead` (`organizationId`, `id`),
  CONSTRAINT `call_contact_fkey` FOREIGN KEY (`organizationId`, `contactId`) REFERENCES `contact` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `live_call` (
  `organizationId` INT UNSIGNED NOT NULL,
  `callId` BIGINT UNSIGNED NOT NULL,
  `seenAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`organizationId`, `callId`),
  INDEX `live_call_seenAt_idx` (`seenAt`),
  CONSTRAINT `live_call_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `live_call_call_fkey` FOREIGN KEY (`organizationId`, `callId`) REFERENCES `call` (`organizationId`, `id`) ON DELETE CASCADE
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `call_change` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `callId` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`id`),
  INDEX `call_change_organizationId_callId_idx` (`organizationId`, `callId`),
  CONSTRAINT `call_change_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `call_calendar` (
  `organizationId` INT UNSIGNED NOT NULL,
  `timeZone` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (`organizationId`),
  CONSTRAINT `call_calendar_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `call_day` (
  `organizationId` INT UNSIGNED NOT NULL,
  `day` DATE NOT NULL,
  `firstId` BIGINT UNSIGNED NOT NULL,
  `endId` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`organizationId`, `day`),
  CONSTRAINT `call_day_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `call_day_count` (
  `organizationId` INT UNSIGNED NOT NULL,
  `day` DATE NOT NULL,
  `agentId` INT UNSIGNED NOT NULL,
  `teamId` INT UNSIGNED NOT NULL,
  `campaignId` INT UNSIGNED NOT NULL,
  `sheetId` INT UNSIGNED NOT NULL,
  `answered` INT UNSIGNED NOT NULL,
  `busy` INT UNSIGNED NOT NULL,
  `noAnswer` INT UNSIGNED NOT NULL,
  `rejected` INT UNSIGNED NOT NULL,
  `invalidNumber` INT UNSIGNED NOT NULL,
  `failed` INT UNSIGNED NOT NULL,
  `cancelled` INT UNSIGNED NOT NULL,
  `talkMs` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`organizationId`, `day`, `agentId`, `teamId`, `campaignId`, `sheetId`),
  INDEX `call_day_count_organizationId_agentId_day_idx` (`organizationId`, `agentId`, `day`),
  CONSTRAINT `call_day_count_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `call_day_count_agent_fkey` FOREIGN KEY (`organizationId`, `agentId`) REFERENCES `agent_profile` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `recording` (
  `organizationId` INT UNSIGNED NOT NULL,
  `callId` BIGINT UNSIGNED NOT NULL,
  `fileId` INT UNSIGNED NOT NULL,
  `peaksFileId` INT UNSIGNED NULL,
  `status` VARCHAR(10) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `mimeType` VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `durationMs` INT UNSIGNED NOT NULL,
  `channels` TINYINT UNSIGNED NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`organizationId`, `callId`),
  INDEX `recording_organizationId_fileId_idx` (`organizationId`, `fileId`),
  INDEX `recording_organizationId_peaksFileId_idx` (`organizationId`, `peaksFileId`),
  CONSTRAINT `recording_status_check` CHECK (`status` IN ('received', 'complete', 'partial', 'unreadable')),
  CONSTRAINT `recording_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `recording_call_fkey` FOREIGN KEY (`organizationId`, `callId`) REFERENCES `call` (`organizationId`, `id`),
  CONSTRAINT `recording_file_fkey` FOREIGN KEY (`organizationId`, `fileId`) REFERENCES `stored_file` (`organizationId`, `id`),
  CONSTRAINT `recording_peaksFile_fkey` FOREIGN KEY (`organizationId`, `peaksFileId`) REFERENCES `stored_file` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `recording_arrival` (
  `organizationId` INT UNSIGNED NOT NULL,
  `callId` BIGINT UNSIGNED NOT NULL,
  `sizeBytes` INT UNSIGNED NOT NULL,
  `arrivedAt` DATETIME(3) NOT NULL,
  `parts` JSON NULL,
  `assembledAt` DATETIME(3) NULL,
  PRIMARY KEY (`organizationId`, `callId`),
  INDEX `recording_arrival_arrivedAt_idx` (`arrivedAt`),
  CONSTRAINT `recording_arrival_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `recording_arrival_call_fkey` FOREIGN KEY (`organizationId`, `callId`) REFERENCES `call` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `recording_chunk` (
  `organizationId` INT UNSIGNED NOT NULL,
  `callId` BIGINT UNSIGNED NOT NULL,
  `part` TINYINT UNSIGNED NOT NULL,
  `n` SMALLINT UNSIGNED NOT NULL,
  `sizeBytes` INT UNSIGNED NOT NULL,
  `hash` BINARY(32) NOT NULL,
  `arrivedAt` DATETIME(3) NOT NULL,
  PRIMARY KEY (`organizationId`, `callId`, `part`, `n`),
  CONSTRAINT `recording_chunk_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`),
  CONSTRAINT `recording_chunk_call_fkey` FOREIGN KEY (`organizationId`, `callId`) REFERENCES `call` (`organizationId`, `id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `audit_entry` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `at` DATETIME(3) NOT NULL,
  `actorKind` VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `actorId` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `actorName` VARCHAR(120) NOT NULL,
  `action` VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `subjectKind` VARCHAR(20) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `subjectId` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `before` TEXT NULL,
  `after` TEXT NULL,
  `address` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `requestId` VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,
  PRIMARY KEY (`id`),
  INDEX `audit_entry_organizationId_id_idx` (`organizationId`, `id`),
  CONSTRAINT `audit_entry_actorKind_check` CHECK (`actorKind` IN ('user', 'system')),
  CONSTRAINT `audit_entry_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `audit_unsealed` (
  `entryId` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`entryId`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `audit_seal` (
  `organizationId` INT UNSIGNED NOT NULL,
  `seq` BIGINT UNSIGNED NOT NULL,
  `entryId` BIGINT UNSIGNED NOT NULL,
  `hash` BINARY(32) NOT NULL,
  PRIMARY KEY (`organizationId`, `seq`),
  UNIQUE INDEX `audit_seal_entryId_key` (`entryId`),
  CONSTRAINT `audit_seal_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `event_stream` (
  `organizationId` INT UNSIGNED NOT NULL,
  `seq` BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (`organizationId`),
  CONSTRAINT `event_stream_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `outbox` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `seq` BIGINT UNSIGNED NULL,
  `name` VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `userId` VARCHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
  `teamId` INT UNSIGNED NULL,
  `payload` JSON NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  PRIMARY KEY (`id`),
  UNIQUE INDEX `outbox_organizationId_seq_key` (`organizationId`, `seq`),
  INDEX `outbox_seq_id_idx` (`seq`, `id`),
  CONSTRAINT `outbox_organization_fkey` FOREIGN KEY (`organizationId`) REFERENCES `organization` (`id`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;

CREATE TABLE `job_request` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `organizationId` INT UNSIGNED NOT NULL,
  `kind` VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `key` VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  `payload` JSON NOT NULL,
  `createdAt` DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3),
  `queuedAt` DATETIME(3) NULL,
  `doneAt` DATETIME(3) NULL,
  `failure` VARCHAR(300) NULL,
  PRIMARY KEY (`id`),
  UNIQUE INDEX `job_request_key_key` (`key`),
  INDEX `job_request_doneAt_queuedAt_idx` (`doneAt`, `queuedAt`)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
